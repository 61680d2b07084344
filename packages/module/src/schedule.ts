import type { WorkerDeps } from "./worker-deps";

/**
 * Work that every worker does in its own rhythm, from its start on and never twice at once in one process. It is no job of
 * BullMQ: a schedule that Redis keeps is lost with Redis. Several workers do it at the same time, so it has to bear that.
 * @typeParam Deps what it works with
 */
export type Schedule<Deps = WorkerDeps> = {
  /** Names it in log lines: its domain, and what it does. */
  name: string;
  /** Milliseconds from the end of one run to the next, give or take a tenth. */
  intervalMs: number;
  run(deps: Deps): Promise<void>;
};
