import { Counter, Gauge, Histogram } from "prom-client";
import { metrics } from "./registry";

type Set = (labels: Record<string, string>, value: number) => void;

/** Registers a gauge that `collect` sets when `/metrics` is read. Labels that it does not set are left out. */
export function registerGauge(
  name: string,
  help: string,
  labelNames: string[],
  collect: (set: Set) => Promise<void> | void,
): void {
  new Gauge({
    name,
    help,
    labelNames,
    registers: [metrics().registry],
    async collect() {
      this.reset();
      await collect((labels, value) => this.set(labels, value));
    },
  });
}

/** Registers a counter whose total other code keeps. */
export function registerCounter(name: string, help: string, total: () => number): void {
  new Counter({
    name,
    help,
    registers: [metrics().registry],
    collect() {
      this.reset();
      this.inc(total());
    },
  });
}

/** The same of a counter with labels. */
export function registerLabelledCounter(
  name: string,
  help: string,
  labelNames: string[],
  collect: (set: Set) => void,
): void {
  new Counter({
    name,
    help,
    labelNames,
    registers: [metrics().registry],
    collect() {
      this.reset();
      collect((labels, total) => this.inc(labels, total));
    },
  });
}

/**
 * Registers a histogram of durations.
 * @param buckets upper bounds, in seconds
 * @returns a function that records a duration, in seconds
 */
export function registerHistogram(name: string, help: string, buckets: number[]): (seconds: number) => void {
  const histogram = new Histogram({ name, help, buckets, registers: [metrics().registry] });
  return (seconds) => histogram.observe(seconds);
}
