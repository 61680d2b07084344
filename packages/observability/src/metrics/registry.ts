import { processSingleton } from "@mgs/core/process-singleton";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** Buckets from an answer out of memory to one that a caller has stopped waiting for. */
const LATENCY_BUCKETS_SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** This process's metrics; docs/observability.md explains each. */
export const metrics = processSingleton("mgs.metrics", () => {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Histogram({
      name: "mgs_http_request_duration_seconds",
      help: "HTTP requests by route, from their first byte to the end of the answer.",
      labelNames: ["method", "route", "status"],
      buckets: LATENCY_BUCKETS_SECONDS,
      registers,
    }),
    deliveries: new Counter({
      name: "mgs_deliveries_total",
      help: "Attempts at outbox rows by kind and result: sent, retried, dead, lost to another attempt.",
      labelNames: ["kind", "result"],
      registers,
    }),
    deliveryDuration: new Histogram({
      name: "mgs_delivery_duration_seconds",
      help: "Attempts at outbox rows, from claim to result.",
      labelNames: ["kind"],
      buckets: LATENCY_BUCKETS_SECONDS,
      registers,
    }),
    errors: new Counter({
      name: "mgs_errors_total",
      help: "Log lines of level error or fatal.",
      registers,
    }),
    canary: new Histogram({
      name: "mgs_canary_duration_seconds",
      help: "The canary's notifications: from the POST to the socket, and to the mail transport's answer.",
      labelNames: ["leg"],
      buckets: [...LATENCY_BUCKETS_SECONDS, 30],
      registers,
    }),
    canaryRuns: new Counter({
      name: "mgs_canary_runs_total",
      help: "The canary's measurements by result: ok, failed.",
      labelNames: ["result"],
      registers,
    }),
  };
});
export type DeliveryResult = "sent" | "retried" | "dead" | "lost";
