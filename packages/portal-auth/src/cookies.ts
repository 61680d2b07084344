import type { Portal } from "@mgs/core/portals";
import { hostCookieName } from "@mgs/http/set-cookie";

/** Name of the cookie that holds a portal session's token. */
export const sessionCookieName = (portal: Portal, secure: boolean): string =>
  hostCookieName(`mgs.${portal}.session`, secure);

/** Name of the cookie that sign-in attempts are bound to: no other site can finish its sign-in in this browser. */
export const browserCookieName = (portal: Portal, secure: boolean): string =>
  hostCookieName(`mgs.${portal}.browser`, secure);
