import type { Database } from "@mgs/db/client";

/** How far the delivery of an outbox row is; `availableAt` is when a pending one is tried next. */
export type RowState = {
  id: string;
  state: "pending" | "leased" | "sent" | "dead";
  attempts: number;
  availableAt: Date;
};

/** Finds the states of rows. A row that was sent is deleted after its retention, and then missing here. */
export async function findRowStates(database: Database, ids: readonly string[]): Promise<Map<string, RowState>> {
  if (ids.length === 0) return new Map();
  const rows = await database.outbox.findMany({
    where: { id: { in: [...ids] } },
    select: { id: true, state: true, attempts: true, availableAt: true },
  });
  return new Map(rows.map((row) => [row.id, { ...row, state: row.state as RowState["state"] }]));
}
