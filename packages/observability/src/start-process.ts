import { onLoggedError } from "@mgs/core/logged-errors";
import type { ObservabilityEnv } from "./env";
import { followRequests } from "./follow-requests";
import { countRequests } from "./metrics/count-requests";
import { metrics } from "./metrics/registry";
import { nameProcess } from "./processes/this-process";

/**
 * Starts the observability of a process, before it loads other libraries: its name, metrics, and request ids on incoming and
 * outgoing calls. It loads the libraries of traces and error reports only when these are turned on.
 * @param routeOf maps a path of this process to a label of few values
 */
export async function startObservability(
  name: string,
  env: ObservabilityEnv,
  routeOf: (path: string) => string,
): Promise<void> {
  nameProcess(name);
  metrics().registry.setDefaultLabels({ process: name });
  countRequests(routeOf);
  onLoggedError(() => metrics().errors.inc());
  followRequests();
  if (env.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) {
    const { startTracing } = await import("./tracing/start-tracing");
    flushers.push(startTracing(name, env.OTEL_EXPORTER_OTLP_ENDPOINT, env.OTEL_TRACES_SAMPLER_ARG));
  }
  if (env.SENTRY_DSN !== undefined) {
    const { startSentry } = await import("./sentry/start-sentry");
    flushers.push(startSentry(name, env.SENTRY_DSN));
  }
}

/** Functions that send the last traces and reports. */
const flushers: (() => Promise<void>)[] = [];
const FLUSH_TIMEOUT_MS = 2_000;

/** Sends the last traces and reports before this process ends, for 2 s at most. It never throws. */
export async function flushReports(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, FLUSH_TIMEOUT_MS);
  await Promise.race([Promise.allSettled(flushers.map((close) => close())), promise]);
  clearTimeout(timer);
}
