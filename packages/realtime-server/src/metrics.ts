import {
  registerCounter,
  registerGauge,
  registerHistogram,
  registerLabelledCounter,
} from "@mgs/observability/metrics/gauge";
import type { HubStatistics } from "./hub/statistics";
import { CLIENT_PROTOCOLS, type Traffic } from "./hub/traffic";
import type { RealtimeServer } from "./server";
import type { CountedWebhooks } from "./webhooks/create-webhooks";

/** Every path of the server, as metrics name it. */
export const ROUTES: readonly string[] = [
  "/health",
  "/health/live",
  "/health/ready",
  "/metrics",
  "/stats",
  "/app/[key]",
  "/pusher/app/[key]/[server]/[session]/xhr",
  "/pusher/app/[key]/[server]/[session]/xhr_streaming",
  "/pusher/app/[key]/[server]/[session]/xhr_send",
  "/apps/[id]/events",
  "/apps/[id]/batch_events",
  "/apps/[id]/channels",
  "/apps/[id]/channels/[channel]",
  "/apps/[id]/channels/[channel]/users",
  "/apps/[id]/users/[user]/terminate_connections",
  "/apps/[id]/users/[user]/reauthorize_connections",
  "/apps/[id]/process",
  "/apps/[id]/stats",
  "/apps/[id]/status",
  "/socket.io",
];

/** From a write in the same turn of the event loop to a process that cannot keep up. */
const WRITE_TIME_BUCKETS_SECONDS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5,
];

const GAUGES: readonly (readonly [string, string, keyof HubStatistics])[] = [
  ["mgs_realtime_channels", "Channels with a subscriber.", "channels"],
  ["mgs_realtime_users", "Signed-in devices with a connection.", "signedInUsers"],
];

/** Counters of clients, each with the label `protocol`. */
const CLIENT_COUNTERS: readonly (readonly [string, string, keyof Traffic])[] = [
  ["mgs_realtime_events_delivered_total", "Events, once for each connection they were queued for.", "delivered"],
  ["mgs_realtime_messages_in_total", "Messages of any kind that clients sent.", "messagesIn"],
  ["mgs_realtime_bytes_in_total", "Bytes of the messages that clients sent.", "bytesIn"],
  ["mgs_realtime_messages_out_total", "Messages of any kind that were written to clients.", "messagesOut"],
  ["mgs_realtime_bytes_out_total", "Bytes of the messages that were written to clients.", "bytesOut"],
  ["mgs_realtime_slow_clients_closed_total", "Clients closed because they read too slowly.", "slowClientsClosed"],
];

/** Registers the statistics of a server as metrics of this process. */
export function registerRealtimeMetrics(server: RealtimeServer): void {
  for (const [name, help, field] of GAUGES) {
    registerGauge(name, help, [], (set) => set({}, server.statistics()[field]));
  }
  registerCounter(
    "mgs_realtime_events_published_total",
    "Events for a channel or a user.",
    () => server.statistics().published,
  );
  registerGauge("mgs_realtime_connections", "Open connections of clients.", ["protocol"], (set) => {
    for (const protocol of CLIENT_PROTOCOLS) set({ protocol }, server.trafficBy(protocol).connections);
  });
  for (const [name, help, field] of CLIENT_COUNTERS) {
    registerLabelledCounter(name, help, ["protocol"], (set) => {
      for (const protocol of CLIENT_PROTOCOLS) set({ protocol }, server.trafficBy(protocol)[field]);
    });
  }
  registerGauge("mgs_realtime_app_connections", "Open connections of clients, by app.", ["app"], (set) => {
    for (const app of server.report().apps) set({ app: app.id }, app.clients);
  });
}

/** @returns a function that records the milliseconds from a publisher's request until its event was written */
export function registerWriteTimes(): (milliseconds: number) => void {
  const observe = registerHistogram(
    "mgs_realtime_write_seconds",
    "Events, from their publisher's request until they were written to all clients here.",
    WRITE_TIME_BUCKETS_SECONDS,
  );
  return (milliseconds) => observe(milliseconds / 1_000);
}

/** Registers the counts of webhook events; an event counts once for every address. */
export function registerWebhookMetrics(webhooks: CountedWebhooks): void {
  const count = (name: string, help: string, total: () => number) =>
    registerCounter(`mgs_realtime_webhook_${name}_total`, help, total);
  count("events_sent", "Webhook events that were taken.", () => webhooks.counts().sent);
  count("events_expired", "Webhook events given up: not taken in time.", () => webhooks.counts().expired);
  count("events_overflowed", "Webhook events not kept: too many waited.", () => webhooks.counts().overflowed);
  count("failed_requests", "Webhook requests that were not taken.", () => webhooks.counts().failedRequests);
}
