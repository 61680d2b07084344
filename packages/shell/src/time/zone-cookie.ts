/** The cookie with the browser's time zone; portals on one host share it. */
export const ZONE_COOKIE = "mgs.zone";
