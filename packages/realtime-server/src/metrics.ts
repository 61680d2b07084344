import { registerCounter, registerGauge } from "@mgs/observability/metrics/gauge";
import type { RealtimeServer } from "./server";

/** Every address of the server, as metrics name them. */
export const ROUTES: readonly string[] = [
  "/health/live",
  "/health/ready",
  "/metrics",
  "/app/[key]",
  "/apps/[id]/events",
  "/apps/[id]/batch_events",
  "/apps/[id]/channels",
  "/apps/[id]/channels/[channel]",
  "/apps/[id]/channels/[channel]/users",
  "/apps/[id]/users/[user]/terminate_connections",
  "/apps/[id]/process",
];

/** What a server holds and has passed on, for the metrics of this process. */
export function registerRealtimeMetrics(server: RealtimeServer): void {
  registerGauge("mgs_realtime_connections", "Open WebSockets.", [], (set) => set({}, server.statistics().connections));
  registerGauge("mgs_realtime_channels", "Channels with a subscriber.", [], (set) =>
    set({}, server.statistics().channels),
  );
  registerGauge("mgs_realtime_users", "Signed-in devices with a socket.", [], (set) =>
    set({}, server.statistics().signedInUsers),
  );
  registerCounter(
    "mgs_realtime_events_published_total",
    "Events for a channel or a user.",
    () => server.statistics().published,
  );
  registerCounter(
    "mgs_realtime_events_delivered_total",
    "Events, once for each socket they were written to.",
    () => server.statistics().delivered,
  );
}
