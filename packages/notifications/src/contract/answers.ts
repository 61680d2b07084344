import { array, boolean, nullable, number, object, optional, type ShapeOf, string } from "@mgs/core/shape";

/** Shapes of the notification API's answers. Browsers check answers with them, and load no zod. */

/** Answer to a send. */
export const sentNotification = object({
  id: string,
  user_id: number,
  type: string,
  titre: string,
  message: string,
  url: nullable(string),
  /** Absolute address that `url` means. */
  href: nullable(string),
  /** Portal or machine client that sent it. */
  source: string,
  created_at: string,
});
export type SentNotification = ShapeOf<typeof sentNotification>;

export const notificationDto = object({
  id: string,
  type: string,
  titre: string,
  message: string,
  url: nullable(string),
  /** Absolute address that `url` means. */
  href: nullable(string),
  /** Portal or machine client that sent it. */
  source: string,
  /** Name of the program that sent it; null for portals and for a removed program. */
  source_name: optional(nullable(string)),
  sender: nullable(object({ id: number, name: string })),
  created_at: string,
  read_at: nullable(string),
  archived_at: nullable(string),
  seq: number,
});
export type NotificationDto = ShapeOf<typeof notificationDto>;

export const inboxPage = object({
  items: array(notificationDto),
  /** Pass as `cursor` for the next page; null at the end. */
  next_cursor: nullable(string),
  seq: number,
  unread_count: number,
});
export type InboxPage = ShapeOf<typeof inboxPage>;

export const inboxCount = object({ count: number, seq: number });
export type InboxCount = ShapeOf<typeof inboxCount>;

/** The changes after number N. `reset`: N is too old, or there are too many; the client fetches the first page anew. */
export const inboxChanges = object({
  reset: boolean,
  upserts: array(notificationDto),
  /** Ids of deleted notifications. */
  tombstones: array(string),
  seq: number,
  unread_count: number,
});
export type InboxChanges = ShapeOf<typeof inboxChanges>;

/** Answer to any change of the inbox. */
export const inboxState = object({ seq: number, unread_count: number });
export type InboxState = ShapeOf<typeof inboxState>;
