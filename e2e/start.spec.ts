import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { freePortRange } from "../tooling/src/services/ports";
import { readInstance } from "../tooling/src/supervisor/instance-file";
import { isAlive } from "../tooling/src/supervisor/orphans";
import { testedInstance } from "../tooling/src/testing/e2e-setup";
import { startInstance } from "../tooling/src/testing/instance";

test("every process says that it lives and is ready", async ({ request }) => {
  const { urls, ports } = testedInstance();
  const origins = [...Object.values(urls), `http://localhost:${ports.realtime}`, `http://localhost:${ports.worker}`];
  for (const origin of origins) {
    for (const path of ["/health/live", "/health/ready"]) {
      const answer = await request.get(`${origin}${path}`);
      expect(answer.status(), `${origin}${path}`).toBe(200);
    }
  }
});

test("the supervisor killed ends everything, and the next start works and is quick", async () => {
  // The sources may have changed since the last build.
  test.setTimeout(400_000);
  const dataDir = mkdtempSync(join(tmpdir(), "mgs-second-"));
  try {
    const portBase = await freePortRange(9);
    await startInstance({ portBase, dataDir });
    const first = readInstance(dataDir);
    if (!first) throw new Error("nothing runs");
    const pids = Object.values(first.processes).map(({ pid }) => pid);
    expect(pids).toHaveLength(8);

    process.kill(first.supervisor.pid, "SIGKILL");
    await expect.poll(() => pids.filter(isAlive), { timeout: 15_000 }).toEqual([]);

    const startedAt = performance.now();
    const again = await startInstance({ portBase, dataDir });
    test.info().annotations.push({ type: "second start", description: `${performance.now() - startedAt} ms` });
    await again.stop();
    expect(readInstance(dataDir)).toBeNull();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
