import type { Actor } from "@mgs/core/actor";
import type { Database, Transaction } from "@mgs/db/client";
import type { Subject } from "@mgs/records/subject";
import type { DocumentRow } from "./documents.repository";

/** Of the documents of a record that an actor sees, those that they see, where it has places that are not for everybody. */
export async function keepVisible<Row extends Pick<DocumentRow, "slot" | "createdBy">>(
  database: Database | Transaction,
  actor: Actor,
  { places }: Subject,
  subjectId: string,
  documents: readonly Row[],
): Promise<Row[]> {
  if (!places) return [...documents];
  const slots = new Set(documents.flatMap(({ slot }) => slot ?? []));
  const visible = await places.visible(database, actor, subjectId, [...slots]);
  return documents.filter(
    ({ slot, createdBy }) =>
      (slot !== null && visible.has(slot)) || (actor.kind === "user" && actor.userId === createdBy),
  );
}
