import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";
import { SHOWN_STATUSES } from "./contract/presence";

/** Open pages show a message, or what became of it. The handler reads it, so that an event tells no more than stands. */
export const messageChanged = defineOutboxKind({
  kind: "message.changed",
  queue: "broadcasts",
  payload: z.object({
    op: z.enum(["created", "updated", "deleted"]),
    id: z.string(),
    seq: z.number(),
    socket_id: z.string().optional(),
  }),
  isUrgent: true,
});

/** What a conversation is to some of its people has changed: their lists and counts are read anew, in every tab and portal. */
export const conversationsChanged = defineOutboxKind({
  kind: "conversations.changed",
  queue: "broadcasts",
  payload: z.object({
    conversation_id: z.number(),
    /** Default: everybody in it. */
    user_ids: z.array(z.number()).optional(),
    /** Somebody has read up to a place, and shows it. */
    read: z.object({ user_id: z.number(), read_place: z.number() }).optional(),
    socket_id: z.string().optional(),
  }),
  isUrgent: true,
});

/** Others see somebody otherwise: pages that show them hear of it. */
export const presenceChanged = defineOutboxKind({
  kind: "presence.changed",
  queue: "broadcasts",
  payload: z.object({
    user_id: z.number(),
    status: z.enum(SHOWN_STATUSES),
    last_seen_at: z.string().nullable(),
  }),
  isUrgent: true,
});

/** Somebody has chosen how they are seen: their other pages hear of it, which hold toasts back while they are not to be disturbed. */
export const ownPresenceChanged = defineOutboxKind({
  kind: "presence.own-changed",
  queue: "broadcasts",
  payload: z.object({ user_id: z.number() }),
  isUrgent: true,
});

/** Tells people that a message names them, or that they were added; who is not in the conversation any more hears nothing. */
export const messageNotice = defineOutboxKind({
  kind: "message.notice",
  queue: "notifications",
  payload: z.object({
    notice: z.enum(["mentioned", "added", "reminder"]),
    conversation_id: z.number(),
    message_id: z.string().nullable(),
    user_ids: z.array(z.number()),
    by: z.number().nullable(),
  }),
  isUrgent: true,
});
