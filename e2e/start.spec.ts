import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Client } from "pg";
import { ROOT } from "../tooling/src/paths";
import { findFreePortRange, findFreePorts } from "../tooling/src/services/ports";
import { readInstance } from "../tooling/src/supervisor/instance-file";
import { isAlive } from "../tooling/src/supervisor/orphans";
import { readTestedInstance } from "../tooling/src/testing/e2e-setup";
import { type RunningInstance, startInstance } from "../tooling/src/testing/instance";
import { createClientOf } from "./support/cli";

test("every process answers its liveness and readiness checks", async ({ request }) => {
  const { urls, ports } = readTestedInstance();
  const origins = [...Object.values(urls), `http://localhost:${ports.realtime}`, `http://localhost:${ports.worker}`];
  for (const origin of origins) {
    for (const path of ["/health/live", "/health/ready"]) {
      const answer = await request.get(`${origin}${path}`);
      expect(answer.status(), `${origin}${path}`).toBe(200);
    }
  }
});

test("administration is alive but not ready without a database", async ({ request }) => {
  const [port = 0] = await findFreePorts(1);
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

test("a killed supervisor ends all processes, and the next start works and is quick", async () => {
  // The sources may have changed since the last build.
  test.setTimeout(900_000);
  const dataDir = mkdtempSync(join(tmpdir(), "mgs-second-"));
  try {
    const portBase = await findFreePortRange(9);
    const running = await startInstance({ portBase, dataDir });
    await sendFirstNotification(running);
    const first = readInstance(dataDir);
    if (!first) throw new Error("nothing runs");
    const pids = Object.values(first.processes).map(({ pid }) => pid);
    expect(pids).toHaveLength(8);

    process.kill(first.supervisor.pid, "SIGKILL");
    await expect.poll(() => pids.filter(isAlive), { timeout: 60_000 }).toEqual([]);

    const startedAt = performance.now();
    const again = await startInstance({ portBase, dataDir });
    test.info().annotations.push({ type: "second start", description: `${performance.now() - startedAt} ms` });
    await sendFirstNotification(again);
    await again.stop();
    expect(readInstance(dataDir)).toBeNull();
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
});

/** Expects that the first send goes through Redis at once; the sweep would deliver it seconds later. */
async function sendFirstNotification(instance: RunningInstance): Promise<void> {
  const { administration } = instance.urls;
  const logOf = () => readFileSync(join(instance.dataDir, "logs", "administration.log"), "utf8");
  const before = logOf().length;
  const scope = "notifications:send";
  const client = await createClientOf(instance, "--name", "Premier", "--machine", "--scope", scope);
  const granted = await fetch(`${administration}/oauth/token`, {
    method: "POST",
    headers: { authorization: `Basic ${btoa(`${client.client_id}:${client.client_secret}`)}` },
    body: new URLSearchParams({ grant_type: "client_credentials", scope }),
  });
  const { access_token } = (await granted.json()) as { access_token: string };
  const sent = await fetch(`${administration}/api/notifications/send`, {
    method: "POST",
    headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
    body: JSON.stringify({ user_id: 1, type: "premier", titre: "La toute première", message: "Depuis le départ" }),
  });
  expect(sent.status).toBe(201);
  const { data } = (await sent.json()) as { data: { id: string } };
  const database = new Client({ connectionString: instance.databaseUrl });
  await database.connect();
  const statesOf = async () => {
    const { rows } = await database.query<{ state: string }>(
      "SELECT state FROM outbox WHERE notification_id = $1 AND queue = 'broadcasts'",
      [data.id],
    );
    return rows.map(({ state }) => state);
  };
  await expect.poll(statesOf, { timeout: 60_000 }).toEqual(["sent"]);
  await database.end();
  expect(logOf().slice(before)).not.toContain("not enqueued");
}
