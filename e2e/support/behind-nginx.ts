import { type ChildProcess, execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect } from "@playwright/test";
import { Client as Postgres } from "pg";
import { answers } from "../../tooling/src/processes";
import { findFreePortRange } from "../../tooling/src/services/ports";
import { redisUrl } from "../../tooling/src/services/redis";
import { assignPorts } from "../../tooling/src/settings";
import { startGuard } from "../../tooling/src/supervisor/guard";
import { createBaseEnvironment } from "../../tooling/src/supervisor/service";
import { readTestedInstance } from "../../tooling/src/testing/e2e-setup";
import { makeCertificate, type PublicPorts, startNginx } from "../../tooling/src/testing/nginx";
import { requireProgram } from "../../tooling/src/testing/programs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const PROCESSES = ["realtime-server", "worker", "administration", "commercial", "gestion-dossier"] as const;

/** The product as in production: single processes with the server's PostgreSQL and Redis, behind nginx with TLS. */
export type BehindNginx = {
  urls: { administration: string; commercial: string; "gestion-dossier": string; ws: string };
  databaseUrl: string;
  /** Runs `npm run mgs -- …` with the environment of the processes. */
  mgs(...args: string[]): Promise<string>;
  stop(): Promise<void>;
};

/** Starts it on PostgreSQL, Redis, mailbox and build of the product under test, with a database and ports of its own. */
export async function startBehindNginx(): Promise<BehindNginx> {
  const nginx = await requireProgram("nginx");
  const folder = mkdtempSync(join(tmpdir(), "mgs-nginx-"));
  const guard = startGuard();
  guard.removeAtEnd(folder);
  const children: ChildProcess[] = [];
  const stopChildren = () => Promise.all(children.map(end));
  try {
    const certificate = await makeCertificate(folder);
    const base = await findFreePortRange(13);
    const ports = assignPorts(base);
    const publicPorts: PublicPorts = {
      administration: base + 9,
      commercial: base + 10,
      "gestion-dossier": base + 11,
      ws: base + 12,
    };
    const urls = {
      administration: `https://localhost:${publicPorts.administration}`,
      commercial: `https://localhost:${publicPorts.commercial}`,
      "gestion-dossier": `https://localhost:${publicPorts["gestion-dossier"]}`,
      ws: `https://localhost:${publicPorts.ws}`,
    };
    const databaseUrl = await createDatabase();
    const env = { ...environment(base, urls, databaseUrl), NODE_EXTRA_CA_CERTS: certificate.cert };
    await tsx(env, "tooling/src/deploy.ts", "release");
    for (const name of PROCESSES) {
      const child = spawn(process.execPath, [...TSX, "tooling/src/deploy.ts", "run", name], {
        cwd: ROOT,
        env: { NODE_ENV: "production", ...env },
        stdio: ["ignore", "pipe", "pipe"],
        detached: true,
      });
      const log = createWriteStream(join(folder, `${name}.log`));
      child.stdout.pipe(log, { end: false });
      child.stderr.pipe(log, { end: false });
      if (child.pid !== undefined) guard.watch(child.pid);
      children.push(child);
    }
    const proxy = await startNginx(nginx, {
      folder,
      publicPorts,
      backends: {
        3000: ports.administration,
        3001: ports.commercial,
        3002: ports["gestion-dossier"],
        6001: ports.realtime,
      },
      certificate,
    });
    guard.watch(proxy.pid);
    const waiting = [ports.realtime, ports.worker, ports.administration, ports.commercial, ports["gestion-dossier"]];
    await Promise.all(waiting.map((port, at) => untilReady(port, join(folder, `${PROCESSES[at]}.log`), children[at])));
    return {
      urls,
      databaseUrl,
      mgs: (...args) => tsx(env, "tooling/src/mgs.ts", ...args),
      async stop() {
        await proxy.stop();
        await stopChildren();
        await guard.release();
        rmSync(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await stopChildren();
    await guard.release();
    throw error;
  }
}

const TSX = ["--import", "tsx"];

async function tsx(env: Record<string, string>, script: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...TSX, script, ...args], {
    cwd: ROOT,
    env: { NODE_ENV: "production", ...env },
  });
  return stdout;
}

/** The variables of a production environment file. */
function environment(base: number, urls: BehindNginx["urls"], databaseUrl: string): Record<string, string> {
  const { dataDir, ports } = readTestedInstance();
  const { redisPassword }: { redisPassword: string } = JSON.parse(readFileSync(join(dataDir, "secrets.json"), "utf8"));
  const secret = () => randomBytes(32).toString("hex");
  return {
    ...createBaseEnvironment(),
    DATABASE_URL: databaseUrl,
    REDIS_URL: `${redisUrl(ports.redis ?? 0, redisPassword)}/1`,
    SMTP_URL: `smtp://127.0.0.1:${ports.smtp}`,
    MAIL_FROM: "MGS <notifications@mgs.mg>",
    MGS_PORT_BASE: String(base),
    ADMINISTRATION_URL: urls.administration,
    COMMERCIAL_URL: urls.commercial,
    GESTION_DOSSIER_URL: urls["gestion-dossier"],
    PUSHER_PUBLIC_HOST: "localhost",
    PUSHER_PUBLIC_PORT: new URL(urls.ws).port,
    PUSHER_PUBLIC_SCHEME: "https",
    TRUSTED_PROXIES: "1",
    MGS_KEY_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
    OIDC_COOKIE_SECRET: secret(),
    COMMERCIAL_OAUTH_CLIENT_SECRET: secret(),
    GESTION_DOSSIER_OAUTH_CLIENT_SECRET: secret(),
    COMMERCIAL_NEXTAUTH_SECRET: secret(),
    GESTION_DOSSIER_NEXTAUTH_SECRET: secret(),
    PUSHER_APP_SECRET: secret(),
  };
}

async function createDatabase(): Promise<string> {
  const url = new URL(readTestedInstance().databaseUrl);
  const client = new Postgres({ connectionString: url.href });
  await client.connect();
  const name = `mgs_nginx_${randomBytes(4).toString("hex")}`;
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  url.pathname = `/${name}`;
  return url.href;
}

async function untilReady(port: number, log: string, child: ChildProcess | undefined): Promise<void> {
  await expect
    .poll(
      async () => {
        if (child?.exitCode !== null)
          throw new Error(`a process has ended:\n${readFileSync(log, "utf8").slice(-2_000)}`);
        return answers(`http://127.0.0.1:${port}/health/ready`).catch(() => false);
      },
      { message: log, timeout: 180_000 },
    )
    .toBe(true);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
