import { createRequire } from "node:module";
import { join } from "node:path";
import { installTracer, type TraceSpanKind } from "@mgs/core/trace-context";
import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { IORedisInstrumentation } from "@opentelemetry/instrumentation-ioredis";
import { PgInstrumentation } from "@opentelemetry/instrumentation-pg";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from "@opentelemetry/sdk-trace";
import { reportProcess } from "../processes/this-process";
import { withoutPersonalData } from "./without-personal-data";

const SPAN_KINDS: Record<TraceSpanKind, SpanKind> = {
  internal: SpanKind.INTERNAL,
  client: SpanKind.CLIENT,
  consumer: SpanKind.CONSUMER,
};
const EXPORT_INTERVAL_MS = 2_000;
const UNTRACED_PATHS: readonly string[] = ["/health/live", "/health/ready", "/metrics"];

/**
 * Starts tracing in this process: HTTP in and out, PostgreSQL, Redis, and spans of our own code (core/trace-context). It is
 * loaded only when tracing is on; traced libraries have to be loaded after it.
 * @param endpoint address of an OTLP/HTTP collector, without `/v1/traces`
 * @param sampledShare share of new traces that are kept, 0 to 1
 * @returns a function that sends the last spans and stops tracing
 */
export function startTracing(name: string, endpoint: string, sampledShare: number): () => Promise<void> {
  const { instanceId, version, host } = reportProcess();
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, "")}/v1/traces` });
  const provider = new TracerProvider({
    resource: resourceFromAttributes({
      "service.name": `mgs-${name}`,
      "service.namespace": "mgs",
      "service.version": version,
      "service.instance.id": instanceId,
      "host.name": host,
    }),
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(sampledShare) }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: withoutPersonalData(exporter), scheduledDelayMillis: EXPORT_INTERVAL_MS }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  // Background work (a blocking read of a queue, a sweep) starts no trace.
  for (const instrumentation of [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: ({ url }) => UNTRACED_PATHS.includes(url?.split("?")[0] ?? ""),
      requireParentforOutgoingSpans: true,
    }),
    new PgInstrumentation({ requireParentSpan: true }),
    new IORedisInstrumentation({ requireParentSpan: true, dbStatementSerializer: (command) => command }),
  ]) {
    instrumentation.setTracerProvider(provider);
  }
  requireInstrumentedModules();
  installCoreTracer(name);
  return () => provider.shutdown();
}

/** Requires the traced modules: instrumentations patch a module when it is required, and bundles import theirs before. */
function requireInstrumentedModules(): void {
  const require = createRequire(join(process.cwd(), "package.json"));
  for (const name of ["node:http", "http", "https", "pg", "ioredis"]) {
    try {
      require(name);
    } catch {
      // Not every process has a database or Redis.
    }
  }
}

function installCoreTracer(name: string): void {
  const tracer = trace.getTracer(`mgs-${name}`);
  installTracer({
    current() {
      const carrier: { traceparent?: string } = {};
      propagation.inject(context.active(), carrier);
      return carrier.traceparent;
    },
    runInSpan(title, { traceparent, kind = "internal" }, work) {
      const parent = traceparent ? propagation.extract(ROOT_CONTEXT, { traceparent }) : context.active();
      return tracer.startActiveSpan(title, { kind: SPAN_KINDS[kind] }, parent, async (span) => {
        try {
          return await work();
        } catch (error) {
          span.setStatus({ code: SpanStatusCode.ERROR });
          throw error;
        } finally {
          span.end();
        }
      });
    },
  });
}
