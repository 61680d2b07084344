import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** What people are told of a dossier; the worker's texts have a sentence for each. */
export const NOTICES = ["assigned", "moved", "asked", "answered", "due-soon", "overdue", "granted"] as const;
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
  }),
  isUrgent: true,
});
