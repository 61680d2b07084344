import type { InboxFilter } from "./rules";

/** Addresses of the API. Those of pages are in the other `links.ts`, so that a browser's bundler puts these into the client, their one user. */

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
