import { z } from "zod";

/** Payloads of the events in `names.ts`, parsed by whoever receives them. Browser-safe. */

export const notificationCreatedEvent = z.object({
  id: z.string(),
  type: z.string(),
  titre: z.string(),
  message: z.string(),
  /** True when `message` was cut to fit a frame; the whole text is one GET away. */
  truncated: z.boolean(),
  url: z.string().nullable(),
  /** Absolute address that `url` means: a path belongs to the portal that sent it. */
  href: z.string().nullable(),
  source: z.string(),
  /** The person who sent it; null for programs. */
  sender: z.object({ id: z.number(), name: z.string() }).nullable(),
  created_at: z.string(),
  seq: z.number(),
  unread_count: z.number(),
});
export type NotificationCreatedEvent = z.output<typeof notificationCreatedEvent>;

export const inboxChangedEvent = z.object({
  seq: z.number(),
  unread_count: z.number(),
  op: z.enum(["created", "updated", "deleted", "read_all"]),
  ids: z.array(z.string()),
});
export type InboxChangedEvent = z.output<typeof inboxChangedEvent>;

export const sessionEndedEvent = z.object({ reason: z.string() });
export type SessionEndedEvent = z.output<typeof sessionEndedEvent>;

export const onlineMember = z.object({ name: z.string() });
