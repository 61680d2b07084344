import { processSingleton } from "./process-singleton";

/** Interface of a tracer for code that must not load a tracing library. */
export type Tracer = {
  /** Returns the W3C `traceparent` of the current span, for another process to continue. */
  current(): string | undefined;
  /** Runs `work` in a span: of the trace of `traceparent`, or of the current trace. */
  runInSpan<T>(
    name: string,
    options: { traceparent?: string | null; kind?: TraceSpanKind },
    work: () => Promise<T>,
  ): Promise<T>;
};
export type TraceSpanKind = "internal" | "client" | "consumer";

const installed = processSingleton<{ tracer: Tracer | undefined }>("mgs.tracer", () => ({ tracer: undefined }));

export function installTracer(tracer: Tracer): void {
  installed().tracer = tracer;
}

/** Returns the `traceparent` of the current span; undefined without a tracer. */
export function currentTraceparent(): string | undefined {
  return installed().tracer?.current();
}

/** Runs `work` in a span when there is a tracer, and without one otherwise. */
export function withSpan<T>(
  name: string,
  options: { traceparent?: string | null; kind?: TraceSpanKind },
  work: () => Promise<T>,
): Promise<T> {
  const { tracer } = installed();
  return tracer ? tracer.runInSpan(name, options, work) : work();
}
