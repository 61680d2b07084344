import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** Delivery of a notification by e-mail. */
export const notificationEmail = defineOutboxKind({
  kind: "notification.email",
  queue: "emails",
  payload: z.object({}),
});

/** Delivery of a notification to its reader's open pages. */
export const notificationBroadcast = defineOutboxKind({
  kind: "notification.broadcast",
  queue: "broadcasts",
  payload: z.object({ user_id: z.number(), seq: z.number(), unread_count: z.number() }),
});

/** A change of an inbox that is no new notification. */
export const inboxChanged = defineOutboxKind({
  kind: "inbox.changed",
  queue: "broadcasts",
  payload: z.object({
    user_id: z.number(),
    seq: z.number(),
    unread_count: z.number(),
    op: z.enum(["updated", "deleted", "read_all"]),
    ids: z.array(z.string()),
  }),
});
