import { array, boolean, nullable, number, object, oneOf, optional, type ShapeOf, string } from "@mgs/core/shape";

/** Payloads of the events in `names.ts`, checked by their receivers. Browser-safe. */

export const notificationCreatedEvent = object({
  id: string,
  type: string,
  titre: string,
  message: string,
  /** True when `message` was cut to fit a frame; the whole text is one GET away. */
  truncated: boolean,
  url: nullable(string),
  /** Absolute address that `url` means: a path belongs to the portal that sent it. */
  href: nullable(string),
  source: string,
  /** Name of the program that sent it; null for portals and for a program that is gone. */
  source_name: optional(nullable(string)),
  /** The person who sent it; null for programs. */
  sender: nullable(object({ id: number, name: string })),
  created_at: string,
  seq: number,
  unread_count: number,
});
export type NotificationCreatedEvent = ShapeOf<typeof notificationCreatedEvent>;

export const inboxChangedEvent = object({
  seq: number,
  unread_count: number,
  op: oneOf("created", "updated", "deleted", "read_all"),
  ids: array(string),
});
export type InboxChangedEvent = ShapeOf<typeof inboxChangedEvent>;

export const sessionEndedEvent = object({ reason: string });
export type SessionEndedEvent = ShapeOf<typeof sessionEndedEvent>;

/** The browser goes on as another person: an administrator has begun or stopped to act in somebody's name. */
export const sessionChangedEvent = object({ user_id: number });
export type SessionChangedEvent = ShapeOf<typeof sessionChangedEvent>;

/** The maintenance that is announced or under way; null when there is none any more. */
export const maintenanceChangedEvent = object({
  maintenance: nullable(
    object({ message: string, starts_at: string, expected_end: nullable(string), retry_seconds: number }),
  ),
});
export type MaintenanceChangedEvent = ShapeOf<typeof maintenanceChangedEvent>;

/** A record has changed: pages that have it open read what is new, with their reader's rights. */
export const recordChangedEvent = object({
  seq: number,
  op: string,
  /** Null for programs and for the product itself. */
  user_id: nullable(number),
  /** Names of the fields that changed. */
  fields: array(string),
});
export type RecordChangedEvent = ShapeOf<typeof recordChangedEvent>;

/** Rows of a list may have changed: pages that have it open read it anew. Which rows is not told. */
export const listChangedEvent = object({ list: string });
export type ListChangedEvent = ShapeOf<typeof listChangedEvent>;

/** Somebody has come to a record, has left it, or types a comment on it (for three seconds after the last of these). */
export const recordPresenceEvent = object({ user_id: number, name: string });
export type RecordPresenceEvent = ShapeOf<typeof recordPresenceEvent>;

/** A member of a record's presence channel has unsaved changes, or has none any more. */
export const recordEditingEvent = object({ editing: boolean });
export type RecordEditingEvent = ShapeOf<typeof recordEditingEvent>;

export const onlineMember = object({ name: string });
