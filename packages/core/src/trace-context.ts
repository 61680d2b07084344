import { once } from "./once";

/** What a tracer does for code that must not know which one there is, nor load any. */
export type Tracer = {
  /** W3C `traceparent` of what is being done here, to be continued elsewhere. */
  current(): string | undefined;
  /** Runs `work` as one step of a trace: of the one named by `traceparent`, else of the one at hand. */
  step<T>(name: string, options: { traceparent?: string | null; kind?: StepKind }, work: () => Promise<T>): Promise<T>;
};
export type StepKind = "internal" | "client" | "consumer";

const installed = once<{ tracer: Tracer | undefined }>("mgs.tracer", () => ({ tracer: undefined }));

export function installTracer(tracer: Tracer): void {
  installed().tracer = tracer;
}

/** Undefined where nothing is traced. */
export function currentTraceparent(): string | undefined {
  return installed().tracer?.current();
}

/** Runs `work` as a step of a trace where there is a tracer, else just so. */
export function traced<T>(
  name: string,
  options: { traceparent?: string | null; kind?: StepKind },
  work: () => Promise<T>,
): Promise<T> {
  const { tracer } = installed();
  return tracer ? tracer.step(name, options, work) : work();
}
