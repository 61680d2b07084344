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

const API = "/api/notifications";

/** The path of a page of the inbox. @param cursor `next_cursor` of the page before */
export function inboxApiPath(filter: InboxFilter, cursor?: string): string {
  return `${API}?${new URLSearchParams({ filter, ...(cursor ? { cursor } : {}) })}`;
}

/** The path of one notification. */
export const notificationApiPath = (id: string): string => `${API}/${id}`;

/** The path of the count of unread notifications. */
export const unreadCountApiPath = (): string => `${API}/unread-count`;

/** The path of what happened to the inbox after a number. */
export const changesApiPath = (after: number): string => `${API}/changes?after=${after}`;

/** The path that marks everything read. */
export const readAllApiPath = (): string => `${API}/read-all`;

/** The path that sends, in administration alone. */
export const sendApiPath = (): string => `${API}/send`;
