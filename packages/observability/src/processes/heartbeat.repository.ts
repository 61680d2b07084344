import type { Database } from "@mgs/db/client";
import type { ProcessReport } from "./this-process";

/** A process at its last heartbeat. */
export type HeartbeatRow = ProcessReport & { seenAt: Date; silentSeconds: number };

export async function writeHeartbeat(database: Database, report: ProcessReport): Promise<void> {
  await database.$executeRaw`
    INSERT INTO "process_heartbeats" ("instance_id", "name", "host", "pid", "version", "started_at", "memory_rss",
      "memory_heap", "last_error", "last_error_at", "seen_at")
    VALUES (${report.instanceId}::uuid, ${report.name}, ${report.host}, ${report.pid}::int, ${report.version},
      ${report.startedAt}, ${report.memoryRss}::bigint, ${report.memoryHeap}::bigint, ${report.lastError},
      ${report.lastErrorAt}, now())
    ON CONFLICT ("instance_id") DO UPDATE SET "memory_rss" = EXCLUDED."memory_rss",
      "memory_heap" = EXCLUDED."memory_heap", "last_error" = EXCLUDED."last_error",
      "last_error_at" = EXCLUDED."last_error_at", "seen_at" = now()`;
}

/** Deletes the row of a process that ends in order. */
export async function deleteHeartbeat(database: Database, instanceId: string): Promise<void> {
  await database.$executeRaw`DELETE FROM "process_heartbeats" WHERE "instance_id" = ${instanceId}::uuid`;
}

/** Reads all heartbeats by name, the latest first. The database's clock counts the seconds of silence. */
export async function readHeartbeats(database: Database): Promise<HeartbeatRow[]> {
  const rows = await database.$queryRaw<
    (Omit<HeartbeatRow, "memoryRss" | "memoryHeap"> & { memoryRss: bigint; memoryHeap: bigint })[]
  >`
    SELECT "instance_id"::text AS "instanceId", "name", "host", "pid", "version", "started_at" AS "startedAt",
      "memory_rss" AS "memoryRss", "memory_heap" AS "memoryHeap", "last_error" AS "lastError",
      "last_error_at" AS "lastErrorAt", "seen_at" AS "seenAt",
      extract(epoch FROM now() - "seen_at")::float8 AS "silentSeconds"
    FROM "process_heartbeats" ORDER BY "name", "seen_at" DESC, "instance_id" LIMIT 500`;
  return rows.map((row) => ({ ...row, memoryRss: Number(row.memoryRss), memoryHeap: Number(row.memoryHeap) }));
}

/** Deletes up to `limit` processes that have been silent for `silentSeconds`. @returns the number of deleted rows */
export async function purgeHeartbeats(database: Database, silentSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM "process_heartbeats" WHERE "instance_id" IN (
      SELECT "instance_id" FROM "process_heartbeats" WHERE "seen_at" < now() - ${silentSeconds}::int * interval '1 second'
      LIMIT ${limit})`;
}
