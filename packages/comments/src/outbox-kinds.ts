import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** Open pages show a comment, or what became of it. The handler reads it, so that an event tells no more than stands. */
export const commentChanged = defineOutboxKind({
  kind: "comment.changed",
  queue: "broadcasts",
  payload: z.object({
    op: z.enum(["created", "updated", "deleted"]),
    id: z.string(),
    seq: z.number(),
    socket_id: z.string().optional(),
  }),
  isUrgent: true,
});

/** What people are told of a comment. */
export const COMMENT_NOTICES = ["mentioned", "answered", "reported", "invited"] as const;
export type CommentNotice = (typeof COMMENT_NOTICES)[number];

/** Tells people of a comment by the bell of every portal and by mail; who has lost the access meanwhile hears nothing. */
export const commentNotice = defineOutboxKind({
  kind: "comment.notice",
  queue: "notifications",
  payload: z.object({
    notice: z.enum(COMMENT_NOTICES),
    subject_type: z.string(),
    subject_id: z.string(),
    /** Null: the notice is about a private thread. */
    comment_id: z.string().nullable(),
    thread_id: z.string().nullable(),
    user_ids: z.array(z.number()),
    by: z.number().nullable(),
  }),
  isUrgent: true,
});
