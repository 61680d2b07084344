import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { type RunStatisticsRow, readRunStatistics, readRuns } from "./canary.repository";

/** Quantiles in milliseconds; null without a measurement. */
export type CanaryLeg = { count: number; p50: number | null; p95: number | null; p99: number | null };
export type CanaryWindow = { runs: number; failures: number; socket: CanaryLeg; mail: CanaryLeg };
export type CanaryRun = {
  /** ISO 8601. */
  at: string;
  socket_ms: number | null;
  mail_ms: number | null;
  error: string | null;
};
export type CanaryStatistics = {
  /** Latency from the POST to the event on a socket, and to the mail transport's answer. */
  hour: CanaryWindow;
  day: CanaryWindow;
  /** The last 60 runs for a chart, the youngest first. It is empty while the canary is off or before its first run. */
  runs: CanaryRun[];
};

const HOUR_SECONDS = 3_600;

/** Reads what the canary measured. @throws AppError FORBIDDEN unless an administrator asks */
export async function readCanaryStatistics(deps: { database: Database }, actor: Actor): Promise<CanaryStatistics> {
  requirePermission(actor, "health.read");
  const [hour, day, runs]: [RunStatisticsRow, RunStatisticsRow, Awaited<ReturnType<typeof readRuns>>] =
    await Promise.all([
      readRunStatistics(deps.database, HOUR_SECONDS),
      readRunStatistics(deps.database, 24 * HOUR_SECONDS),
      readRuns(deps.database, 60),
    ]);
  return {
    hour,
    day,
    runs: runs
      .filter(({ finishedAt }) => finishedAt !== null)
      .map(({ turn, socketMs, mailMs, error }) => ({
        at: turn.toISOString(),
        socket_ms: socketMs,
        mail_ms: mailMs,
        error,
      })),
  };
}
