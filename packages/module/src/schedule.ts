import type { WorkerDeps } from "./worker-deps";

/**
 * Work that every worker does at intervals, from its start on and never twice at the same time in one process. It is no job of
 * BullMQ, because a schedule in Redis is lost with Redis. Several workers may run it at the same time, so it has to be safe.
 * @typeParam Deps its dependencies
 */
export type Schedule<Deps = WorkerDeps> = {
  /** Name in log lines: its domain and its work. */
  name: string;
  /** Milliseconds from the end of one run to the next, give or take a tenth. */
  intervalMs: number;
  run(deps: Deps): Promise<void>;
};
