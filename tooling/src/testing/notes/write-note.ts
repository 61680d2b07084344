import { type Actor, requireUser } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { z } from "zod";
import { insertNote } from "./notes.repository";
import { noteWritten } from "./outbox-kinds";
import { requirePermission } from "./permissions";

export const noteInput = z.object({
  text: z.string({ error: "REQUIRED" }).min(1, { error: "TOO_SHORT" }).max(500, { error: "TOO_LONG" }),
});

/**
 * Writes a note, and tells its author's open pages.
 * @throws AppError FORBIDDEN for programs, VALIDATION_ERROR
 */
export async function writeNote(
  deps: { database: Database; enqueuer: Enqueuer },
  actor: Actor,
  raw: unknown,
): Promise<{ id: string; text: string }> {
  requirePermission(actor, "note.write");
  const { userId: authorId } = requireUser(actor);
  const { text } = validate(noteInput, raw);
  const id = uuidv7();
  const refs = await deps.database.$transaction(async (tx) => {
    await insertNote(tx, { id, authorId, text });
    return insertOutbox(tx, [noteWritten.row({ payload: { id, author_id: authorId, text } })]);
  });
  await deps.enqueuer.enqueue(refs);
  return { id, text };
}
