import type { Database, Prisma, Transaction } from "@mgs/db/client";
import { BACKGROUND_OPS } from "../contract/background-change";

/** A record of a domain, such as `{ type: "dossier", id: "42" }`. */
export type RecordRef = { type: string; id: string };

/** Each changed field with its value before and after. */
export type FieldChanges = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

export type ChangeRow = {
  seq: number;
  at: Date;
  actor: string;
  userId: number | null;
  op: string;
  fields: FieldChanges;
  details: Readonly<Record<string, unknown>>;
};

/**
 * Takes the next number of a stream, and locks it until the transaction is over: numbers are seen in their order, and none is missing. Take it
 * last, after every other lock of the transaction.
 */
export async function takeNumber(tx: Transaction, stream: string, key: string): Promise<number> {
  const rows = await tx.$queryRaw<{ seq: bigint }[]>`
    INSERT INTO change_heads AS h (stream, key, seq) VALUES (${stream}, ${key}, 1)
    ON CONFLICT (stream, key) DO UPDATE SET seq = h.seq + 1 RETURNING seq`;
  return Number(rows[0]?.seq);
}

/** The number of a stream's last change; 0 before the first. */
export async function readNumber(database: Database | Transaction, stream: string, key: string): Promise<number> {
  const row = await database.changeHead.findUnique({ where: { stream_key: { stream, key } }, select: { seq: true } });
  return Number(row?.seq ?? 0);
}

/** The numbers of several streams of a kind; one without a change is left out. */
export async function readNumbers(
  database: Database | Transaction,
  stream: string,
  keys: readonly string[],
): Promise<Map<string, number>> {
  const rows = await database.changeHead.findMany({ where: { stream, key: { in: [...keys] } } });
  return new Map(rows.map(({ key, seq }) => [key, Number(seq)]));
}

export async function insertChange(tx: Transaction, { type, id }: RecordRef, change: ChangeRow): Promise<void> {
  const { seq, at, actor, userId, op, fields, details } = change;
  await tx.recordChange.create({
    data: {
      ...{ subjectType: type, subjectId: id, seq, at, actor, userId, op },
      fields: fields as Prisma.InputJsonObject,
      details: details as Prisma.InputJsonObject,
    },
  });
}

/** Changes after a number, in their order. */
export async function findChangesAfter(
  database: Database | Transaction,
  { type, id }: RecordRef,
  after: number,
  limit: number,
): Promise<ChangeRow[]> {
  const rows = await database.recordChange.findMany({
    where: { subjectType: type, subjectId: id, seq: { gt: after } },
    orderBy: { seq: "asc" },
    take: limit,
  });
  return rows.map(toChangeRow);
}

/** Changes before a number, the newest first, without the product's own work: the history. */
export async function findChangesBefore(
  database: Database,
  { type, id }: RecordRef,
  before: number | undefined,
  limit: number,
): Promise<ChangeRow[]> {
  const rows = await database.recordChange.findMany({
    where: {
      ...{ subjectType: type, subjectId: id, op: { not: BACKGROUND_OPS } },
      ...(before === undefined ? {} : { seq: { lt: before } }),
    },
    orderBy: { seq: "desc" },
    take: limit,
  });
  return rows.map(toChangeRow);
}

type StoredChange = Awaited<ReturnType<Database["recordChange"]["findMany"]>>[number];

function toChangeRow({ seq, at, actor, userId, op, fields, details }: StoredChange): ChangeRow {
  return {
    ...{ seq: Number(seq), at, actor, userId, op },
    fields: fields as unknown as FieldChanges,
    details: details as Record<string, unknown>,
  };
}
