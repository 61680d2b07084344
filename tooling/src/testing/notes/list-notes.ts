import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { findNotes } from "./notes.repository";
import { requirePermission } from "./permissions";

export type NoteDto = { id: string; text: string; created_at: string };

/** The notes of one author, the newest first. @throws AppError FORBIDDEN for anybody but the author and our own system */
export async function listNotes(deps: { database: Database }, actor: Actor, authorId: number): Promise<NoteDto[]> {
  requirePermission(actor, "note.read", { authorId });
  const rows = await findNotes(deps.database, authorId);
  return rows.map(({ id, text, createdAt }) => ({ id, text, created_at: createdAt.toISOString() }));
}
