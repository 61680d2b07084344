import type { Line } from "./report";
import type { World } from "./world";

export type Effort = {
  rounds: number;
  /** Length of a round in a benchmark that counts work in a time. */
  seconds: number;
  /** True for a short check that everything runs; its numbers say little. */
  quick: boolean;
  /** True to print the plans of what is looked up as well. */
  plans: boolean;
  /** The database of a large office that is made already. */
  officeUrl?: string | undefined;
};

/** A benchmark that starts its own servers. */
export type StandaloneSuite = (effort: Effort) => Promise<Line[]>;

/** A benchmark of a whole instance, with its floor. */
export type Suite = (world: World, effort: Effort) => Promise<Line[]>;
