import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** A note is told to its author's open pages. */
export const noteWritten = defineOutboxKind({
  kind: "note.written",
  queue: "broadcasts",
  payload: z.object({ id: z.string(), author_id: z.number(), text: z.string() }),
});
