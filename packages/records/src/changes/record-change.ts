import { type Actor, actorKey } from "@mgs/core/actor";
import type { Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { recordChanged } from "../outbox-kinds";
import { type FieldChanges, insertChange, type RecordRef, takeNumber } from "./changes.repository";

type NewChange = {
  op: string;
  fields?: FieldChanges;
  details?: Readonly<Record<string, unknown>>;
  at: Date;
  /** The tab that makes the change: it is not told. */
  socketId?: string | undefined;
};

/**
 * Writes a change of a record into its history, in the transaction that makes it, and announces it to who has the record open. Call it last:
 * it locks the record's number.
 * @returns the change's number, which is the record's version from then on, and the outbox row to insert
 */
export async function recordChange(
  tx: Transaction,
  actor: Actor,
  record: RecordRef,
  { op, fields = {}, details = {}, at, socketId }: NewChange,
): Promise<{ seq: number; row: NewOutboxRow }> {
  const seq = await takeNumber(tx, record.type, record.id);
  const userId = actor.kind === "user" ? actor.userId : null;
  await insertChange(tx, record, { seq, at, actor: actorKey(actor), userId, op, fields, details });
  const payload = {
    ...{ type: record.type, id: record.id, seq, op, user_id: userId },
    fields: Object.keys(fields),
    ...(socketId === undefined ? {} : { socket_id: socketId }),
  };
  return { seq, row: recordChanged.row({ payload }) };
}
