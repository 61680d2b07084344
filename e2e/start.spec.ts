import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { ROOT } from "../tooling/src/paths";
import { freePortRange, freePorts } from "../tooling/src/services/ports";
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

test("administration lives, and says that it is not ready, where the database never was", async ({ request }) => {
  const [port = 0] = await freePorts(1);
  const origin = `http://localhost:${port}`;
  const secret = "s".repeat(40);
  const child = spawn(process.execPath, [join(ROOT, "node_modules/next/dist/bin/next"), "start", "--port", `${port}`], {
    cwd: join(ROOT, "apps/administration"),
    stdio: "ignore",
    env: {
      ...{ NODE_ENV: "production", PATH: process.env.PATH, LOG_LEVEL: "fatal", NEXT_TELEMETRY_DISABLED: "1" },
      ...{ DATABASE_URL: "postgresql://x:y@127.0.0.1:1/x", REDIS_URL: "redis://127.0.0.1:1" },
      ...{ MGS_KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"), OIDC_COOKIE_SECRET: secret },
      ...{ ADMINISTRATION_URL: origin, OAUTH_SERVER_URL: origin },
      ...{ COMMERCIAL_URL: "http://c.test", GESTION_DOSSIER_URL: "http://g.test" },
      ...{ PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "key", PUSHER_APP_SECRET: secret, PUSHER_HOST: "localhost" },
    },
  });
  try {
    const status = (path: string) =>
      request.get(`${origin}${path}`).then(
        (answer) => answer.status(),
        () => null,
      );
    await expect.poll(() => status("/health/live"), { timeout: 120_000 }).toBe(200);
    expect(await status("/health/ready")).toBe(503);
  } finally {
    const ended = once(child, "exit");
    if (child.kill()) await ended;
  }
});

test("the supervisor killed ends everything, and the next start works and is quick", async () => {
  // The sources may have changed since the last build.
  test.setTimeout(900_000);
  const dataDir = mkdtempSync(join(tmpdir(), "mgs-second-"));
  try {
    const portBase = await freePortRange(9);
    await startInstance({ portBase, dataDir });
    const first = readInstance(dataDir);
    if (!first) throw new Error("nothing runs");
    const pids = Object.values(first.processes).map(({ pid }) => pid);
    expect(pids).toHaveLength(8);

    process.kill(first.supervisor.pid, "SIGKILL");
    await expect.poll(() => pids.filter(isAlive), { timeout: 60_000 }).toEqual([]);

    const startedAt = performance.now();
    const again = await startInstance({ portBase, dataDir });
    test.info().annotations.push({ type: "second start", description: `${performance.now() - startedAt} ms` });
    await again.stop();
    expect(readInstance(dataDir)).toBeNull();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});
