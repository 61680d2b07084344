import { randomFillSync } from "node:crypto";

/** The pool is refilled as a whole, because asking the system for a few bytes costs as much as asking for 4 KiB. */
const POOL_BYTES = 4_096;
const pool = Buffer.alloc(POOL_BYTES);
let usedBytes = POOL_BYTES;

/** Returns bytes of the system's random source, each of them once. @param count 1 to 4,096 */
export function randomPooled(count: number): Buffer {
  if (usedBytes + count > POOL_BYTES) {
    randomFillSync(pool);
    usedBytes = 0;
  }
  // The caller gets a copy, and the pool keeps no byte that was given away.
  const bytes = Buffer.from(pool.subarray(usedBytes, usedBytes + count));
  pool.fill(0, usedBytes, usedBytes + count);
  usedBytes += count;
  return bytes;
}
