import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseEnv } from "node:util";
import type { Environment } from "@mgs/core/environment";
import type { PortalUrls } from "@mgs/core/portals";
import { readEnv, type ToolingEnv } from "./env";
import { ROOT } from "./paths";

const LOOPBACK = "127.0.0.1";

/** Ports of one instance. */
export type Ports = {
  administration: number;
  commercial: number;
  "gestion-dossier": number;
  realtime: number;
  smtp: number;
  mailbox: number;
  postgres: number;
  redis: number;
  worker: number;
};

/** What one run of the product is made of, before anything is started. */
export type Settings = {
  /** The process environment over `.env`. */
  source: Environment;
  env: ToolingEnv;
  /** Absolute. */
  dataDir: string;
  ports: Ports;
  urls: PortalUrls;
  /** True when the company brought its own database: then nothing is made up, neither secrets nor accounts. */
  ownDatabase: boolean;
  /** True when `PUSHER_*` names a server other than ours. */
  foreignRealtime: boolean;
};

/**
 * @param envFolder where a `.env` may lie, whose variables count less than the environment's; null: none is read
 * @throws EnvironmentError
 */
export function readSettings(environment: Environment = process.env, envFolder: string | null = ROOT): Settings {
  const file = envFolder === null ? null : join(envFolder, ".env");
  const source = { ...(file && existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {}), ...present(environment) };
  const env = readEnv(source);
  const ports = portsFrom(env.MGS_PORT_BASE);
  return {
    source,
    env,
    dataDir: resolve(ROOT, env.MGS_DATA_DIR),
    ports,
    urls: {
      administration: env.ADMINISTRATION_URL ?? `http://localhost:${ports.administration}`,
      commercial: env.COMMERCIAL_URL ?? `http://localhost:${ports.commercial}`,
      "gestion-dossier": env.GESTION_DOSSIER_URL ?? `http://localhost:${ports["gestion-dossier"]}`,
    },
    ownDatabase: env.DATABASE_URL !== undefined,
    foreignRealtime: env.PUSHER_HOST !== undefined || env.PUSHER_APP_CLUSTER !== undefined,
  };
}

/**
 * The same, with portals and the worker's health page on the loopback where the environment names no interface: a proxy
 * on this machine is in front of them.
 */
export function listenOnLoopback(settings: Settings): Settings {
  const { source, env } = settings;
  return {
    ...settings,
    source: { WORKER_HOST: LOOPBACK, ...source },
    env: { ...env, PORTAL_HOST: env.PORTAL_HOST ?? LOOPBACK },
  };
}

/** True when nothing else takes the mail. */
export function usesMailbox({ env }: Settings): boolean {
  return env.RESEND_API_KEY === undefined && env.SMTP_URL === undefined;
}

/** Nine consecutive ports from a base, or the documented defaults. */
export function portsFrom(base: number | undefined): Ports {
  if (base === undefined) {
    return {
      administration: 3000,
      commercial: 3001,
      "gestion-dossier": 3002,
      realtime: 6001,
      smtp: 1025,
      mailbox: 1080,
      postgres: 54_320,
      redis: 63_790,
      worker: 3009,
    };
  }
  return {
    administration: base,
    commercial: base + 1,
    "gestion-dossier": base + 2,
    realtime: base + 3,
    smtp: base + 4,
    mailbox: base + 5,
    postgres: base + 6,
    redis: base + 7,
    worker: base + 8,
  };
}

/** An empty variable counts as unset, so that it does not hide `.env`. */
function present(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
}
