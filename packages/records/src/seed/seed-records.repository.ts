import type { Database, Prisma, Transaction } from "@mgs/db/client";

/** Rows of a demonstration. */
export type RecordSeed = {
  heads: Prisma.ChangeHeadCreateManyInput[];
  changes: Prisma.RecordChangeCreateManyInput[];
  views: Prisma.SavedViewCreateManyInput[];
};

export async function insertRecordSeed(tx: Transaction, seed: RecordSeed): Promise<void> {
  await tx.changeHead.createMany({ data: seed.heads });
  await tx.recordChange.createMany({ data: seed.changes });
  await tx.savedView.createMany({ data: seed.views });
}

/** Notes numbers that a range of records has reached: each of a kind's streams stands at the same. */
export async function insertNumbers(
  database: Database | Transaction,
  { stream, prefix, first, last, seq }: { stream: string; prefix: string; first: number; last: number; seq: number },
): Promise<void> {
  await database.$executeRaw`
    INSERT INTO change_heads (stream, key, seq)
    SELECT ${stream}, ${prefix} || n, ${seq}::int FROM generate_series(${first}::int, ${last}::int) n`;
}
