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
const EXPORT_EVERY = 2_000;
const UNTRACED: readonly string[] = ["/health/live", "/health/ready", "/metrics"];

/**
 * Traces this process from now on: HTTP in and out, PostgreSQL, Redis, and the steps of our own code (core/trace-context).
 * Loaded only where traces are wanted. Load what is to be traced afterwards.
 * @param endpoint of an OTLP/HTTP collector, without `/v1/traces`
 * @param share of new traces that are kept, 0 to 1
 * @returns hands over the last spans and ends
 */
export function startTracing(name: string, endpoint: string, share: number): () => Promise<void> {
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
    sampler: new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(share) }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: withoutPersonalData(exporter), scheduledDelayMillis: EXPORT_EVERY }),
    ],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  // What runs by itself (a blocking read of a queue, a sweep) makes no traces of its own.
  for (const instrumentation of [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: ({ url }) => UNTRACED.includes(url?.split("?")[0] ?? ""),
      requireParentforOutgoingSpans: true,
    }),
    new PgInstrumentation({ requireParentSpan: true }),
    new IORedisInstrumentation({ requireParentSpan: true, dbStatementSerializer: (command) => command }),
  ]) {
    instrumentation.setTracerProvider(provider);
  }
  loadAnew();
  installOwnSteps(name);
  return () => provider.shutdown();
}

/** Instrumentations see a module when it is required; ours are imported by bundles, some before this line. */
function loadAnew(): void {
  const require = createRequire(join(process.cwd(), "package.json"));
  for (const name of ["node:http", "http", "https", "pg", "ioredis"]) {
    try {
      require(name);
    } catch {
      // Not every process has a database or Redis.
    }
  }
}

function installOwnSteps(name: string): void {
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
