import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** What people are told of a dossier; the worker's texts have a sentence for each. */
export const NOTICES = [
  "assigned",
  "moved",
  "asked",
  "answered",
  "withdrawn",
  "opinion-due-soon",
  "opinion-overdue",
  "due-soon",
  "overdue",
  "granted",
  "handed-over",
] as const;
export type Notice = (typeof NOTICES)[number];

/** Tells people of a dossier: by the bell of every portal, and by mail. Who has lost the access meanwhile hears nothing. */
export const dossierNotice = defineOutboxKind({
  kind: "dossier.notice",
  queue: "notifications",
  payload: z.object({
    dossier_id: z.number(),
    notice: z.enum(NOTICES),
    user_ids: z.array(z.number()),
    /** Who did it; null: the product itself, or a program. */
    by: z.number().nullable(),
    /** The state that it has come to. */
    state: z.string().optional(),
    /** What somebody wrote, such as the reason of a decision. */
    text: z.string().optional(),
    /** Of an opinion: how it was answered. */
    verdict: z.string().optional(),
    /** The due date that it is about, `2026-11-30`. */
    due_on: z.string().optional(),
  }),
  isUrgent: true,
});
