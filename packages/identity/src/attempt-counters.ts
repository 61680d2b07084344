/** How many failed attempts one key may have. */
export type AttemptLimit = {
  key: string;
  /** Failed attempts that a window allows. */
  failures: number;
  /** Milliseconds from the first failure until all of them are forgotten. */
  windowMs: number;
  /**
   * Unset: the next attempt waits for the window's end. Set: it waits for the first delay, and after each further failure
   * for twice as long, up to the longest.
   */
  delay?: { firstMs: number; maxMs: number };
};

/** An attempt under way: it counts against its limits until it has been settled. */
export type CountedAttempt = {
  /** Takes the attempt off its limits, and leaves a failure in each when it was one. */
  settle(outcome: "failed" | "withdrawn"): Promise<void>;
};

/**
 * `busy`: so many attempts are under way that one more could be one too many; how they end decides.
 * A number: milliseconds until another attempt makes sense.
 */
export type Admission = CountedAttempt | "busy" | number;

/** Counts failed attempts, and those under way, by key. All limits of an attempt are asked and taken as one. */
export type AttemptCounters = {
  admit(limits: readonly AttemptLimit[]): Promise<Admission>;
  /** Forgets the failures of a key. */
  forget(key: string): Promise<void>;
};

/** Milliseconds after which an attempt that was never settled (its process was killed) is under way no more. */
export const ATTEMPT_LEASE_MS = 60_000;
