import { onLoggedError } from "@mgs/core/logged-errors";
import type { ObservabilityEnv } from "./env";
import { followRequests } from "./follow-requests";
import { countRequests } from "./metrics/count-requests";
import { metrics } from "./metrics/registry";
import { nameProcess } from "./processes/this-process";

/**
 * What every process does when it starts, before it loads what it works with: a name, metrics, ids for requests,
 * and on calls to others; traces and error reports where they are asked for, and nothing of their libraries elsewhere.
 * @param routeOf from a path of this process to one of few names
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
    closers.push(startTracing(name, env.OTEL_EXPORTER_OTLP_ENDPOINT, env.OTEL_TRACES_SAMPLER_ARG));
  }
  if (env.SENTRY_DSN !== undefined) {
    const { startSentry } = await import("./sentry/start-sentry");
    closers.push(startSentry(name, env.SENTRY_DSN));
  }
}

/** What hands over the last traces and reports. */
const closers: (() => Promise<void>)[] = [];
const PATIENCE = 2_000;

/** Hands over what was noted before this process ends, for 2 s at most; never throws. */
export async function flushReports(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, PATIENCE);
  await Promise.race([Promise.allSettled(closers.map((close) => close())), promise]);
  clearTimeout(timer);
}
