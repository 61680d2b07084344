import type { SystemActor } from "@mgs/core/actor";
import { processSingleton } from "@mgs/core/process-singleton";
import type { Database } from "@mgs/db/client";
import { readCanaryStatistics } from "../canary/canary-statistics";
import { cacheBriefly } from "./cache-briefly";
import { registerGauge } from "./gauge";

/** Values of one queue's gauges. */
export type QueueReading = {
  queue: string;
  outbox: Record<(typeof ROW_STATES)[number] | "oldest_seconds", number>;
  /** Jobs by their state; null while Redis is away. */
  redis: Record<string, number> | null;
  /** Null while the queue is not paused. */
  paused: object | null;
};

/** Read by those who own it: this package knows neither queues nor sign-ins. */
export type GaugeReaders = {
  database: Database;
  readQueues(actor: SystemActor): Promise<readonly QueueReading[]>;
  /** Counts the sign-ins that have not ended, by when they were last seen. */
  countLiveSessions(): Promise<{ quarterHour: number; day: number }>;
};

const ROW_STATES = ["pending", "leased", "due", "dead"] as const;

/** A process has one set of metrics, and a test starts several workers in it: the last one counts. */
const watched = processSingleton<{ readers: GaugeReaders | undefined }>("mgs.product-gauges", () => ({
  readers: undefined,
}));

const METRICS: SystemActor = { kind: "system", name: "metrics" };

/**
 * Registers gauges over PostgreSQL and Redis. Both are queried once in 15 s at most, however often metrics are read, and every
 * query reads an index of open rows.
 */
export function registerProductGauges(readers: GaugeReaders): void {
  const state = watched();
  const isFirst = state.readers === undefined;
  state.readers = readers;
  if (!isFirst) return;
  const now = () => state.readers ?? readers;
  const queues = cacheBriefly(() => now().readQueues(METRICS));
  const sessions = cacheBriefly(() => now().countLiveSessions());
  const canary = cacheBriefly(() => readCanaryStatistics(now(), METRICS));

  registerGauge(
    "mgs_outbox_rows",
    "Outbox rows that are open or dead, 100000 at most.",
    ["queue", "state"],
    async (set) => {
      for (const { queue, outbox } of (await queues()) ?? []) {
        for (const state of ROW_STATES) set({ queue, state }, outbox[state]);
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
