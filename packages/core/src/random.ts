import { randomFillSync } from "node:crypto";

/** Asking the system for a few bytes costs as much as for a page of them. */
const PAGE = 4_096;
const page = Buffer.alloc(PAGE);
let used = PAGE;

/** Bytes of the system's random source, each given once. @param count 1 to 4,096 */
export function randomPooled(count: number): Buffer {
  if (used + count > PAGE) {
    randomFillSync(page);
    used = 0;
  }
  // A copy: what was given away must not change, nor stay behind here.
  const bytes = Buffer.from(page.subarray(used, used + count));
  page.fill(0, used, used + count);
  used += count;
  return bytes;
}
