import { uuidv7 } from "@mgs/core/ids";
import type { Database, Transaction } from "@mgs/db/client";

export type MaintenanceRow = {
  id: string;
  message: string;
  startsAt: Date;
  expectedEnd: Date | null;
  retrySeconds: number;
  createdBy: string;
};

const FIELDS = {
  id: true,
  message: true,
  startsAt: true,
  expectedEnd: true,
  retrySeconds: true,
  createdBy: true,
} as const;

/** Finds the maintenance that is announced or under way. */
export async function findOpenMaintenance(database: Database | Transaction): Promise<MaintenanceRow | null> {
  return database.maintenance.findFirst({ where: { endedAt: null }, select: FIELDS });
}

/** Serializes calls that open and end a maintenance, until the end of the transaction. */
export async function lockMaintenance(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('mgs.maintenance'))`;
}

export async function insertMaintenance(tx: Transaction, row: Omit<MaintenanceRow, "id">): Promise<MaintenanceRow> {
  return tx.maintenance.create({ data: { id: uuidv7(), ...row }, select: FIELDS });
}

/** Ends the open maintenance. @returns the row that ended; null when there was none */
export async function endOpenMaintenance(tx: Transaction, at: Date, endedBy: string): Promise<MaintenanceRow | null> {
  const [ended] = await tx.maintenance.updateManyAndReturn({
    where: { endedAt: null },
    data: { endedAt: at, endedBy },
    select: FIELDS,
  });
  return ended ?? null;
}

/** Deletes maintenances that ended long ago; the audit trail still tells of them. */
export async function purgeMaintenances(database: Database, olderThanSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT "id" FROM "maintenances"
      WHERE "ended_at" < now() - ${olderThanSeconds}::int * interval '1 second'
      ORDER BY "ended_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "maintenances" m USING chosen WHERE m."id" = chosen."id"`;
}
