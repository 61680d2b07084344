import type { SystemActor } from "@mgs/core/actor";
import { processSingleton } from "@mgs/core/process-singleton";
import type { Database } from "@mgs/db/client";
import type { QueueMonitor } from "@mgs/jobs/admin/queue-monitor";
import { readQueueStatus } from "@mgs/jobs/admin/queue-status";
import { readCanaryStatistics } from "../canary/canary-statistics";
import { cacheBriefly } from "./cache-briefly";
import { registerGauge } from "./gauge";

type Watched = {
  database: Database;
  monitor: QueueMonitor;
  /** Counts the sign-ins that have not ended, by when they were last seen. */
  countLiveSessions(database: Database): Promise<{ quarterHour: number; day: number }>;
};

/** A process has one set of metrics, and a test starts several workers in it: the last one counts. */
const watched = processSingleton<{ deps: Watched | undefined }>("mgs.product-gauges", () => ({ deps: undefined }));

const METRICS: SystemActor = { kind: "system", name: "metrics" };

/**
 * Gauges over PostgreSQL and Redis. Whoever asks for metrics, and however often: both are asked once in 15 s at most, and
 * every query reads an index of what is open, not what is done.
 */
export function registerProductGauges(deps: Watched): void {
  const state = watched();
  const isFirst = state.deps === undefined;
  state.deps = deps;
  if (!isFirst) return;
  const now = () => state.deps ?? deps;
  const queues = cacheBriefly(() => readQueueStatus(now(), METRICS));
  const sessions = cacheBriefly(() => now().countLiveSessions(now().database));
  const canary = cacheBriefly(() => readCanaryStatistics(now(), METRICS));

  registerGauge(
    "mgs_outbox_rows",
    "Outbox rows that are open or dead, 100000 at most.",
    ["queue", "state"],
    async (set) => {
      for (const { queue, outbox } of (await queues()) ?? []) {
        for (const state of ["pending", "leased", "due", "dead"] as const) set({ queue, state }, outbox[state]);
      }
    },
  );
  registerGauge(
    "mgs_outbox_lag_seconds",
    "How long the row that is overdue longest has been so.",
    ["queue"],
    async (set) => {
      for (const { queue, outbox } of (await queues()) ?? []) set({ queue }, outbox.oldest_seconds);
    },
  );
  registerGauge("mgs_queue_jobs", "Jobs in Redis; none while Redis is away.", ["queue", "state"], async (set) => {
    for (const { queue, redis } of (await queues()) ?? []) {
      for (const [state, count] of Object.entries(redis ?? {})) set({ queue, state }, count);
    }
  });
  registerGauge("mgs_queue_paused", "1 where an administrator has paused a queue.", ["queue"], async (set) => {
    for (const { queue, paused } of (await queues()) ?? []) set({ queue }, paused === null ? 0 : 1);
  });
  registerGauge(
    "mgs_sessions_live",
    "Sign-ins that have not ended, by when they were last seen.",
    ["seen"],
    async (set) => {
      const live = await sessions();
      if (!live) return;
      set({ seen: "15m" }, live.quarterHour);
      set({ seen: "1d" }, live.day);
    },
  );
  registerGauge("mgs_canary_seconds", "Quantiles of the canary's last hour.", ["leg", "quantile"], async (set) => {
    const hour = (await canary())?.hour;
    for (const leg of ["socket", "mail"] as const) {
      for (const [quantile, name] of [
        ["0.5", "p50"],
        ["0.95", "p95"],
        ["0.99", "p99"],
      ] as const) {
        const value = hour?.[leg][name] ?? null;
        if (value !== null) set({ leg, quantile }, value / 1_000);
      }
    }
  });
}
