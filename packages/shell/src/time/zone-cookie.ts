/** Cookie by which a browser tells its own time zone; portals on one host share it. */
export const ZONE_COOKIE = "mgs.zone";
