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

/** Settings of one run of the product. */
export type Settings = {
  /** The process environment, which overrides `.env`. */
  source: Environment;
  env: ToolingEnv;
  /** Absolute. */
  dataDir: string;
  ports: Ports;
  urls: PortalUrls;
  /** True with the company's own database: the start then generates neither secrets nor accounts. */
  ownDatabase: boolean;
  /** True when `PUSHER_*` names a server other than ours. */
  foreignRealtime: boolean;
};

/**
 * Reads the settings.
 * @param envFolder folder of a `.env`, whose variables the environment overrides; null ignores it
 * @throws EnvironmentError
 */
export function readSettings(environment: Environment = process.env, envFolder: string | null = ROOT): Settings {
  const file = envFolder === null ? null : join(envFolder, ".env");
  const source = {
    ...(file && existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {}),
    ...dropEmptyVariables(environment),
  };
  const env = readEnv(source);
  const ports = assignPorts(env.MGS_PORT_BASE);
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
 * Makes portals and the worker's health page listen on the loopback when the environment names no interface, since a proxy on
 * this machine is in front of them.
 */
export function listenOnLoopback(settings: Settings): Settings {
  const { source, env } = settings;
  return {
    ...settings,
    source: { WORKER_HOST: LOOPBACK, ...source },
    env: { ...env, PORTAL_HOST: env.PORTAL_HOST ?? LOOPBACK },
  };
}

/** Tells whether mail goes to the local mailbox. */
export function usesMailbox({ env }: Settings): boolean {
  return env.RESEND_API_KEY === undefined && env.SMTP_URL === undefined;
}

/** Assigns nine consecutive ports from a base, or the documented defaults. */
export function assignPorts(base: number | undefined): Ports {
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

/** Drops empty variables, so that they do not override `.env`. */
function dropEmptyVariables(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ""));
}
