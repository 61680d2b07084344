import { expect, test } from "vitest";
import { toDuration, toSeconds } from "./duration";

test.each([
  [900, 15, "minutes"],
  [43_200, 12, "hours"],
  [86_400, 24, "hours"],
  [1_209_600, 14, "days"],
  [5_400, 90, "minutes"],
  [129_600, 36, "hours"],
  [90, 1.5, "minutes"],
] as const)("%d seconds are %d %s, and back", (seconds, amount, unit) => {
  expect(toDuration(seconds)).toEqual({ amount, unit });
  expect(toSeconds(String(amount), unit)).toBe(seconds);
});

test.each([
  ["", "days"],
  ["  ", "hours"],
  ["douze", "hours"],
  ["12", "years"],
  ["12", "constructor"],
])("%j %s is no duration", (amount, unit) => {
  expect(toSeconds(amount, unit)).toBeNaN();
});
