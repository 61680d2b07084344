import { describe, expect, it } from "vitest";
import { backoffMs } from "./backoff";

describe("back-off", () => {
  it("triples the delay from two seconds to an hour, with a jitter of half", () => {
    const longest = [1, 2, 3, 8, 30].map((attempts) => backoffMs(attempts, () => 1));
    expect(longest).toEqual([2_000, 6_000, 18_000, 3_600_000, 3_600_000]);
    expect(backoffMs(3, () => 0)).toBe(9_000);
  });
});
