import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findFreePortRange } from "../../tooling/src/services/ports";
import { startInstance } from "../../tooling/src/testing/instance";
import { median } from "../measure";
import type { Line } from "../report";
import type { Suite } from "../suite";

/** Measures `npm start` until everything serves, after installation and build: with an empty data folder, and again. */
export const start: Suite = async (_world, { rounds }) => {
  const cold: number[] = [];
  const second: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const dataDir = mkdtempSync(join(tmpdir(), "mgs-bench-start-"));
    for (const times of [cold, second]) {
      const portBase = await findFreePortRange(9);
      const startedAt = performance.now();
      const instance = await startInstance({ portBase, dataDir });
      times.push((performance.now() - startedAt) / 1_000);
      await instance.stop();
    }
    rmSync(dataDir, { recursive: true, force: true });
  }
  const line = (what: string, times: number[]): Line => ({
    ...{ suite: "start", what, unit: "s", value: median(times), floor: null, aim: null },
    rounds: { value: times, floor: [] },
  });
  return [line("npm start, empty data folder", cold), line("npm start, second time", second)];
};
