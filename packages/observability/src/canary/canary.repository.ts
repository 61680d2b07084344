import type { Database } from "@mgs/db/client";

/** Result of a run, in milliseconds; null for a leg that nothing arrived on. `error` is a code of ours, never a foreign text. */
export type CanaryResult = { socketMs: number | null; mailMs: number | null; error: string | null };

/**
 * Acquires the current run for this worker. Runs begin at whole multiples of the interval by PostgreSQL's clock, so one of
 * several workers acquires each.
 * @returns the time that identifies the run for `finishRun`; null when another worker has it
 */
export async function acquireRun(database: Database, intervalSeconds: number): Promise<Date | null> {
  const rows = await database.$queryRaw<{ turn: Date }[]>`
    INSERT INTO "canary_runs" ("turn", "started_at")
    SELECT to_timestamp(floor(extract(epoch FROM now()) / ${intervalSeconds}::int) * ${intervalSeconds}::int), now()
    ON CONFLICT ("turn") DO NOTHING RETURNING "turn"`;
  return rows[0]?.turn ?? null;
}

/** Writes a run's result. @param turn the time that `acquireRun` returned */
export async function finishRun(database: Database, turn: Date, result: CanaryResult): Promise<void> {
  await database.$executeRaw`
    UPDATE "canary_runs" SET "socket_ms" = ${result.socketMs}::int, "mail_ms" = ${result.mailMs}::int,
      "error" = ${result.error}, "finished_at" = now() WHERE "turn" = ${turn}`;
}

export type LegRow = { count: number; p50: number | null; p95: number | null; p99: number | null };
export type RunStatisticsRow = { runs: number; failures: number; socket: LegRow; mail: LegRow };

/** Reads the statistics of the last `seconds`. A run that a killed worker never finished counts as failed after two minutes. */
export async function readRunStatistics(database: Database, seconds: number): Promise<RunStatisticsRow> {
  const rows = await database.$queryRaw<
    {
      runs: number;
      failures: number;
      socketCount: number;
      mailCount: number;
      socket: number[] | null;
      mail: number[] | null;
    }[]
  >`
    SELECT count(*)::int AS "runs",
      count(*) FILTER (WHERE "error" IS NOT NULL OR "finished_at" IS NULL)::int AS "failures",
      count("socket_ms")::int AS "socketCount", count("mail_ms")::int AS "mailCount",
      percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY "socket_ms") AS "socket",
      percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY "mail_ms") AS "mail"
    FROM "canary_runs" WHERE "turn" > now() - ${seconds}::int * interval '1 second'
      AND ("finished_at" IS NOT NULL OR "started_at" < now() - interval '2 minutes')`;
  const row = rows[0];
  return {
    runs: row?.runs ?? 0,
    failures: row?.failures ?? 0,
    socket: toLeg(row?.socketCount ?? 0, row?.socket ?? null),
    mail: toLeg(row?.mailCount ?? 0, row?.mail ?? null),
  };
}

function toLeg(count: number, quantiles: number[] | null): LegRow {
  const [p50, p95, p99] = quantiles ?? [];
  const rounded = (value: number | undefined) => (value === undefined ? null : Math.round(value));
  return { count, p50: rounded(p50), p95: rounded(p95), p99: rounded(p99) };
}

export type RunRow = CanaryResult & { turn: Date; finishedAt: Date | null };

/** Reads the youngest runs, the last first. */
export async function readRuns(database: Database, limit: number): Promise<RunRow[]> {
  return database.canaryRun.findMany({
    select: { turn: true, socketMs: true, mailMs: true, error: true, finishedAt: true },
    orderBy: { turn: "desc" },
    take: limit,
  });
}

/** Deletes up to `limit` runs older than `ageSeconds`. @returns the number of deleted runs */
export async function purgeCanaryRuns(database: Database, ageSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM "canary_runs" WHERE "turn" IN (
      SELECT "turn" FROM "canary_runs" WHERE "turn" < now() - ${ageSeconds}::int * interval '1 second'
      ORDER BY "turn" LIMIT ${limit})`;
}
