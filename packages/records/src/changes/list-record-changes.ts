import type { Actor } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { requireSubject, type Subject } from "../subject";
import { type ChangeRow, findChangesAfter, findChangesBefore, readNumber } from "./changes.repository";

/** A client that has missed more changes reads the record anew. */
const MAX_CHANGES = 200;

const number = z.coerce
  .number({ error: "INVALID_NUMBER" })
  .int({ error: "INVALID_NUMBER" })
  .min(0, { error: "INVALID_NUMBER" });

export const recordChangesQuery = z.strictObject({ after: number });
export const recordHistoryQuery = z.strictObject({
  before: number.optional(),
  limit: number.min(1).max(100).default(50),
});

/** What the lists need of the process. */
export type ChangeDeps = {
  database: Database;
  /** The names of people, which the composition knows. */
  namesOf(database: Database, userIds: readonly (number | null)[]): Promise<ReadonlyMap<number, string>>;
};

/** A change as the API tells it. */
export type RecordChange = {
  seq: number;
  at: string;
  op: string;
  /** Null for programs and for the product itself, which `actor` names. */
  user_id: number | null;
  /** Empty for programs and for the product itself. */
  user_name: string;
  actor: string;
  /** Each changed field with its value before and after. */
  fields: ChangeRow["fields"];
  details: ChangeRow["details"];
};

/**
 * Lists the changes of a record after number `after`: what a client missed while it was away.
 * @throws AppError NOT_FOUND or the subject's own code, VALIDATION_ERROR
 */
export async function listRecordChanges(
  deps: ChangeDeps,
  actor: Actor,
  subject: Subject,
  id: string,
  input: unknown,
): Promise<{ reset: boolean; changes: RecordChange[]; seq: number }> {
  await requireSubject(deps, actor, subject, id);
  const { after } = validate(recordChangesQuery, input);
  const record = { type: subject.type, id };
  // The number first: a change that comes between the two is in the list, and asked for once more.
  const seq = await readNumber(deps.database, record.type, record.id);
  const rows = await findChangesAfter(deps.database, record, after, MAX_CHANGES + 1);
  if (rows.length > MAX_CHANGES || after > seq) return { reset: true, changes: [], seq };
  return { reset: false, changes: await toRecordChanges(deps, rows), seq: Math.max(seq, rows.at(-1)?.seq ?? 0) };
}

/**
 * Lists the history of a record, the newest change first.
 * @throws AppError NOT_FOUND or the subject's own code, VALIDATION_ERROR
 */
export async function listRecordHistory(
  deps: ChangeDeps,
  actor: Actor,
  subject: Subject,
  id: string,
  input: unknown,
): Promise<{ changes: RecordChange[]; before: number | null }> {
  await requireSubject(deps, actor, subject, id);
  const { before, limit } = validate(recordHistoryQuery, input);
  const rows = await findChangesBefore(deps.database, { type: subject.type, id }, before, limit + 1);
  const changes = await toRecordChanges(deps, rows.slice(0, limit));
  return { changes, before: rows.length > limit ? (changes.at(-1)?.seq ?? null) : null };
}

async function toRecordChanges(deps: ChangeDeps, rows: readonly ChangeRow[]): Promise<RecordChange[]> {
  const names = await deps.namesOf(
    deps.database,
    rows.map(({ userId }) => userId),
  );
  return rows.map(({ at, userId, ...change }) => ({
    ...change,
    at: at.toISOString(),
    user_id: userId,
    user_name: userId === null ? "" : (names.get(userId) ?? ""),
  }));
}
