import type { Line } from "./report";
import type { World } from "./world";

export type Effort = {
  rounds: number;
  /** Length of one round of a benchmark that counts what is done in a time. */
  seconds: number;
  /** A look whether everything still runs; its numbers say little. */
  quick: boolean;
};

/** One benchmark that starts what it needs by itself. */
export type StandaloneSuite = (effort: Effort) => Promise<Line[]>;

/** One benchmark of a whole instance, with its floor. */
export type Suite = (world: World, effort: Effort) => Promise<Line[]>;
