import { isPortal, type PortalUrls } from "@mgs/core/portals";
import type { InboxFilter } from "./contract/rules";

/**
 * Makes a notification's `url` absolute: a path belongs to the portal that sent it, a machine client's path to
 * administration. `url` has passed `isAcceptableUrl`, so a path cannot leave its origin.
 */
export function resolveHref(url: string | null, source: string, portalUrls: PortalUrls): string | null {
  if (url === null || !url.startsWith("/")) return url;
  return portalUrls[isPortal(source) ? source : "administration"] + url;
}

/** The path of the inbox, with the list that a filter names. */
export function inboxPath(filter: InboxFilter = "all"): string {
  return filter === "all" ? "/notifications" : `/notifications?filter=${filter}`;
}

/** The path of the form that sends a notification. */
export const sendFormPath = (): string => "/notifications/send";
