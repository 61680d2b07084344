import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { readRuns, readWindow, type WindowRow } from "./canary.repository";

/** Quantiles in milliseconds, null where nothing was measured. */
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
  /** From the POST to the event on a socket, and to the mail transport's answer. */
  hour: CanaryWindow;
  day: CanaryWindow;
  /** The last 60 runs, the youngest first: what a chart shows. Empty: the canary is off, or has not sung yet. */
  runs: CanaryRun[];
};

const HOUR = 3_600;

/** What the canary measured. @throws AppError FORBIDDEN unless an administrator asks */
export async function canaryStatistics(deps: { database: Database }, actor: Actor): Promise<CanaryStatistics> {
  requirePermission(actor, "health.read");
  const [hour, day, runs]: [WindowRow, WindowRow, Awaited<ReturnType<typeof readRuns>>] = await Promise.all([
    readWindow(deps.database, HOUR),
    readWindow(deps.database, 24 * HOUR),
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
