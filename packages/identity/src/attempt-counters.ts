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
  /** Names the account that the key is of: its keys are forgotten and inspected together. */
  group?: string;
};

/** The state of one key of a group. */
export type CountedKey = {
  key: string;
  failures: number;
  /** Milliseconds until they are forgotten. */
  remainingMs: number;
  /** Milliseconds until another attempt may be made, where the limit grows by delays; else 0. */
  delayMs: number;
};

/** An attempt under way: it counts against its limits until it has been settled. */
export type CountedAttempt = {
  /**
   * Takes the attempt off its limits, and leaves a failure in each when it was one.
   * @returns after a failure the failures of each limit, this one included
   */
  settle(outcome: "failed" | "withdrawn"): Promise<readonly number[]>;
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
  /** Forgets the failures of every key of a group. */
  forgetGroup(group: string): Promise<void>;
  /** The keys of a group with failures. */
  inspectGroup(group: string): Promise<CountedKey[]>;
};

/** Milliseconds after which an attempt that was never settled (its process was killed) is under way no more. */
export const ATTEMPT_LEASE_MS = 60_000;
