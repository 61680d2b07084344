import { expect, it } from "vitest";
import { randomPooled } from "./random";

it("returns each byte of the pool once, and no byte that it has zeroed", () => {
  const seen = new Set<string>();
  for (let index = 0; index < 5_000; index++) {
    const bytes = randomPooled(12 + (index % 21));
    expect(bytes.length).toBe(12 + (index % 21));
    expect(bytes.some((byte) => byte !== 0)).toBe(true);
    seen.add(bytes.subarray(0, 12).toString("hex"));
  }
  expect(seen.size).toBe(5_000);
  expect(randomPooled(4_096)).toHaveLength(4_096);
});
