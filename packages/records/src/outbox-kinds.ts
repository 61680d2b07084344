import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** Open pages of a record read it anew. The values are not told: a page asks for them, with its reader's rights. */
export const recordChanged = defineOutboxKind({
  kind: "record.changed",
  queue: "broadcasts",
  payload: z.object({
    type: z.string(),
    id: z.string(),
    seq: z.number(),
    op: z.string(),
    user_id: z.number().nullable(),
    fields: z.array(z.string()),
    socket_id: z.string().optional(),
  }),
  isUrgent: true,
});
