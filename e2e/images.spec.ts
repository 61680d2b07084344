import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { answers } from "../tooling/src/processes";
import { findFreePorts } from "../tooling/src/services/ports";
import { stageProcess } from "../tooling/src/stage-image";

const secret = "s".repeat(40);
const PUSHER = { PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "key", PUSHER_APP_SECRET: secret, PUSHER_HOST: "localhost" };
const URLS = Object.fromEntries(
  ["ADMINISTRATION_URL", "COMMERCIAL_URL", "GESTION_DOSSIER_URL", "OAUTH_SERVER_URL"].map((name) => [
    name,
    "https://x.test",
  ]),
);

/** A file that is missing in an image shows when its process starts. Portals are left out: they need a build of their own. */
for (const [name, environment] of [
  ["realtime-server", (port: number) => ({ REALTIME_PORT: `${port}`, ...PUSHER })],
  [
    "worker",
    (port: number) => ({
      WORKER_PORT: `${port}`,
      // Without database and Redis the process is alive but not ready.
      DATABASE_URL: "postgresql://x:y@127.0.0.1:1/x",
      REDIS_URL: "redis://127.0.0.1:1",
      SMTP_URL: "smtp://127.0.0.1:1",
      MAIL_FROM: "a@mgs.mg",
      MGS_KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString("base64"),
      ...URLS,
      ...PUSHER,
    }),
  ],
] as const) {
  test(`${name} starts from the folder of its image alone`, async () => {
    const folder = mkdtempSync(join(tmpdir(), "mgs-image-"));
    try {
      await stageProcess(name, folder);
      const [port = 0] = await findFreePorts(1);
      const env = { NODE_ENV: "production" as const, PATH: "/usr/bin", LOG_LEVEL: "fatal", ...environment(port) };
      const child = spawn(process.execPath, ["--enable-source-maps", "start.mjs"], { cwd: folder, env });
      let output = "";
      child.stderr.on("data", (chunk: Buffer) => {
        output += chunk.toString();
      });
      try {
        const lives = async () => {
          expect(child.exitCode, output).toBeNull();
          return answers(`http://127.0.0.1:${port}/health/live`).catch(() => false);
        };
        await expect.poll(lives, { timeout: 120_000 }).toBe(true);
      } finally {
        const ended = once(child, "exit");
        if (child.kill()) await ended;
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}
