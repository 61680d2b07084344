import type { CountedKey } from "../attempt-counters";

/** Attempts at an account that are refused at this moment. Devices that it is known in are never part of `everywhere`. */
export type Lockout = {
  /** True when strangers have to wait from everywhere; false when it is from single networks, or one known device. */
  everywhere: boolean;
  /** Seconds until all may try again. */
  retryAfter: number;
};

/** Begins the name of the count of all unknown devices together. */
const ACCOUNT = "account:";
/** Ends the name of a device's second count. */
export const A_DAY = ":day";

/**
 * Tells by the counts of an account who has to wait.
 * @param maxOfPlace failures in a window of one network, or of one known device, after which the next has to wait
 */
export function lockoutOf(keys: readonly CountedKey[], maxOfPlace: number): Lockout | null {
  const waits = keys.map(({ key, failures, remainingMs, delayMs }) => {
    if (key.startsWith(ACCOUNT)) return { everywhere: delayMs > 0, ms: delayMs };
    if (key.endsWith(A_DAY)) return { everywhere: false, ms: delayMs };
    return { everywhere: false, ms: failures >= maxOfPlace ? remainingMs : 0 };
  });
  const longest = Math.max(0, ...waits.map(({ ms }) => ms));
  if (longest === 0) return null;
  return { everywhere: waits.some(({ everywhere }) => everywhere), retryAfter: Math.ceil(longest / 1_000) };
}
