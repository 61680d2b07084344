import { describe, expect, it } from "vitest";
import { backoff } from "./backoff";

describe("back-off", () => {
  it("triples from two seconds, with jitter of half, to an hour", () => {
    const longest = [1, 2, 3, 8, 30].map((attempts) => backoff(attempts, () => 1));
    expect(longest).toEqual([2_000, 6_000, 18_000, 3_600_000, 3_600_000]);
    expect(backoff(3, () => 0)).toBe(9_000);
  });
});
