import { monitorEventLoopDelay } from "node:perf_hooks";
import { z } from "zod";
import type { AppRegistry } from "../apps";
import type { Hub } from "../hub/hub";
import type { HubStatistics } from "../hub/statistics";

const counts = {
  clients: z.number(),
  channels: z.number(),
  users: z.number(),
  events_published: z.number(),
  events_delivered: z.number(),
  messages_in: z.number(),
  bytes_in: z.number(),
  messages_out: z.number(),
  bytes_out: z.number(),
  slow_clients_closed: z.number(),
};

/** The answer of `/stats` for one process; counters begin at its start. */
export const serverReport = z.object({
  started_at: z.string(),
  uptime_seconds: z.number(),
  draining: z.boolean(),
  memory: z.object({ rss_bytes: z.number(), heap_used_bytes: z.number() }),
  /** Milliseconds by which timers are late, over the whole life of the process. */
  event_loop_lag: z.object({ mean_ms: z.number(), p99_ms: z.number(), max_ms: z.number() }),
  ...counts,
  apps: z.array(z.object({ id: z.string(), enabled: z.boolean(), ...counts })),
});
export type ServerReport = z.output<typeof serverReport>;

const LAG_RESOLUTION_MS = 20;
const NANOSECONDS_A_MILLISECOND = 1e6;

type WatchedServer = { hub: Hub; apps: AppRegistry; isDraining(): boolean };

export type ServerWatch = {
  /** Begins to watch the event loop. */
  start(): void;
  /** It is cheap. */
  report(): ServerReport;
  stop(): void;
};

export function watchServer({ hub, apps, isDraining }: WatchedServer): ServerWatch {
  const startedAt = Date.now();
  let lag: ReturnType<typeof monitorEventLoopDelay> | undefined;
  const milliseconds = (nanoseconds = 0): number =>
    Number.isFinite(nanoseconds) ? Math.round(nanoseconds / NANOSECONDS_A_MILLISECOND) : 0;
  return {
    report() {
      const { rss, heapUsed } = process.memoryUsage();
      return {
        started_at: new Date(startedAt).toISOString(),
        uptime_seconds: Math.round((Date.now() - startedAt) / 1_000),
        draining: isDraining(),
        memory: { rss_bytes: rss, heap_used_bytes: heapUsed },
        event_loop_lag: {
          mean_ms: milliseconds(lag?.mean),
          p99_ms: milliseconds(lag?.percentile(99)),
          max_ms: milliseconds(lag?.max),
        },
        ...toCounts(hub.statistics()),
        apps: apps.all().map((app) => ({ id: app.id, enabled: app.enabled, ...toCounts(hub.statisticsOf(app)) })),
      };
    },
    start() {
      lag = monitorEventLoopDelay({ resolution: LAG_RESOLUTION_MS });
      lag.enable();
    },
    stop: () => void lag?.disable(),
  };
}

function toCounts(statistics: HubStatistics) {
  return {
    clients: statistics.connections,
    channels: statistics.channels,
    users: statistics.signedInUsers,
    events_published: statistics.published,
    events_delivered: statistics.delivered,
    messages_in: statistics.messagesIn,
    bytes_in: statistics.bytesIn,
    messages_out: statistics.messagesOut,
    bytes_out: statistics.bytesOut,
    slow_clients_closed: statistics.slowClientsClosed,
  };
}
