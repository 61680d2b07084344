import { expect, it } from "vitest";
import { countE2eWorkers } from "./e2e-workers";

const GIB_BYTES = 1_024 ** 3;

it("runs as many files in parallel as cores and memory allow, and one at least", () => {
  expect(countE2eWorkers("", { cores: 2, memoryBytes: 16 * GIB_BYTES })).toBe(2);
  expect(countE2eWorkers("", { cores: 16, memoryBytes: 64 * GIB_BYTES })).toBe(4);
  expect(countE2eWorkers("", { cores: 8, memoryBytes: 7 * GIB_BYTES })).toBe(1);
  expect(countE2eWorkers("", { cores: 1, memoryBytes: 2 * GIB_BYTES })).toBe(1);
});

it("runs the number of files in MGS_E2E_WORKERS", () => {
  expect(countE2eWorkers("3", { cores: 1, memoryBytes: GIB_BYTES })).toBe(3);
  expect(() => countE2eWorkers("many")).toThrow("MGS_E2E_WORKERS");
});
