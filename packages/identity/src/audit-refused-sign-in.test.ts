import { expect, test } from "vitest";
import { createRefusalGate } from "./audit-refused-sign-in";

test("one network gets five rows a minute, and the next row tells how many were left out", () => {
  let nowMs = 0;
  const gate = createRefusalGate(() => nowMs);
  const admitted = Array.from({ length: 100 }, () => gate.admit("203.0.113.9")).filter((row) => row !== null);
  expect(admitted).toEqual(Array.from({ length: 5 }, () => ({ leftOut: 0 })));
  expect(gate.admit("203.0.113.10")).toEqual({ leftOut: 95 });
  nowMs = 59_999;
  expect(gate.admit("203.0.113.9")).toBeNull();
  nowMs = 60_000;
  expect(gate.admit("203.0.113.9")).toEqual({ leftOut: 1 });
});

test("all networks together get sixty rows a minute", () => {
  const gate = createRefusalGate(() => 0);
  const rows = Array.from({ length: 10_000 }, (_, index) => gate.admit(`2001:db8:${index.toString(16)}::/64`));
  expect(rows.filter((row) => row !== null)).toHaveLength(60);
});
