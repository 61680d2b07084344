import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { EnvironmentError } from "@mgs/core/environment";
import { z } from "zod";
import type { Settings } from "./settings";

/** Secrets of the product; each is also the environment variable that sets it. */
export const SECRET_NAMES = [
  "MGS_KEY_ENCRYPTION_KEY",
  "OIDC_COOKIE_SECRET",
  "COMMERCIAL_OAUTH_CLIENT_SECRET",
  "GESTION_DOSSIER_OAUTH_CLIENT_SECRET",
  "COMMERCIAL_NEXTAUTH_SECRET",
  "GESTION_DOSSIER_NEXTAUTH_SECRET",
  "PUSHER_APP_SECRET",
] as const;
export type SecretName = (typeof SECRET_NAMES)[number];
/** `METRICS_TOKEN` may be missing: then no process answers `/metrics`. */
export type Secrets = Record<SecretName, string> & { METRICS_TOKEN?: string };

/** Passwords of the servers we start ourselves; no variable sets them. Empty for a server that the company brings. */
const SERVICE_PASSWORDS = ["postgresPassword", "redisPassword"] as const;
export type ServicePasswords = Record<(typeof SERVICE_PASSWORDS)[number], string>;

const KEY_BYTES = 32;
const SHORTEST_SECRET = 32;
const stored = z.record(z.string(), z.string());

/**
 * The environment's secrets; with the embedded database, missing ones are generated once and kept in the data folder.
 * With the company's PostgreSQL and Redis nothing is read from that folder or written: it need not be there.
 * @param exampleFile text of `.env.example`: its values are public, so they are refused
 * @throws EnvironmentError naming every secret that is missing, an example's, or too weak, never its value
 */
export async function resolveSecrets(
  { source, env, dataDir, ownDatabase, foreignRealtime }: Settings,
  exampleFile: string,
): Promise<Secrets & ServicePasswords> {
  const ownRedis = env.REDIS_URL !== undefined;
  const kept = ownDatabase && ownRedis ? {} : await readKept(dataDir);
  const generated: Record<string, string> = {};
  const problems: string[] = [];
  const examples = parseEnv(exampleFile);

  const choose = (name: SecretName): string => {
    const given = source[name];
    const mayGenerate = !ownDatabase && !(foreignRealtime && name === "PUSHER_APP_SECRET");
    if (given === undefined && !mayGenerate) problems.push(`${name}: is required`);
    else if (given !== undefined && given === examples[name]) problems.push(`${name}: is the value of .env.example`);
    else if (given !== undefined) problems.push(...weaknesses(name, given));
    if (given !== undefined || !mayGenerate) return given ?? "";
    return kept[name] ?? generate(name);
  };
  const generate = (name: string): string => {
    const value = randomBytes(KEY_BYTES).toString(name === "MGS_KEY_ENCRYPTION_KEY" ? "base64" : "base64url");
    generated[name] = value;
    return value;
  };

  const secrets: Secrets = {
    MGS_KEY_ENCRYPTION_KEY: choose("MGS_KEY_ENCRYPTION_KEY"),
    OIDC_COOKIE_SECRET: choose("OIDC_COOKIE_SECRET"),
    COMMERCIAL_OAUTH_CLIENT_SECRET: choose("COMMERCIAL_OAUTH_CLIENT_SECRET"),
    GESTION_DOSSIER_OAUTH_CLIENT_SECRET: choose("GESTION_DOSSIER_OAUTH_CLIENT_SECRET"),
    COMMERCIAL_NEXTAUTH_SECRET: choose("COMMERCIAL_NEXTAUTH_SECRET"),
    GESTION_DOSSIER_NEXTAUTH_SECRET: choose("GESTION_DOSSIER_NEXTAUTH_SECRET"),
    PUSHER_APP_SECRET: choose("PUSHER_APP_SECRET"),
  };
  if (problems.length > 0) throw new EnvironmentError(problems);
  const metricsToken =
    source.METRICS_TOKEN ?? (ownDatabase ? undefined : (kept.METRICS_TOKEN ?? generate("METRICS_TOKEN")));
  const passwords: ServicePasswords = {
    postgresPassword: ownDatabase ? "" : (kept.postgresPassword ?? generate("postgresPassword")),
    redisPassword: ownRedis ? "" : (kept.redisPassword ?? generate("redisPassword")),
  };
  if (Object.keys(generated).length > 0) await keep(dataDir, { ...kept, ...generated });
  return { ...secrets, ...passwords, ...(metricsToken === undefined ? {} : { METRICS_TOKEN: metricsToken }) };
}

function weaknesses(name: SecretName, value: string): string[] {
  if (name === "MGS_KEY_ENCRYPTION_KEY") {
    return Buffer.from(value, "base64").length === KEY_BYTES ? [] : [`${name}: must be ${KEY_BYTES} bytes in base64`];
  }
  // A Pusher server's secret is its operator's choice.
  if (name === "PUSHER_APP_SECRET") return [];
  return value.length >= SHORTEST_SECRET ? [] : [`${name}: must have at least ${SHORTEST_SECRET} characters`];
}

function fileOf(dataDir: string): string {
  return join(dataDir, "secrets.json");
}

async function readKept(dataDir: string): Promise<Record<string, string>> {
  const file = fileOf(dataDir);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    // Another user's file, a disk that fails: new secrets would open nothing that the old ones sealed.
    if (error.code !== "ENOENT") throw error;
    return null;
  });
  if (text === null) return {};
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) await chmod(file, 0o600);
  return parseKept(text, file);
}

/** The parser's own message would quote what stands around the place, which is a secret. */
function parseKept(text: string, file: string): Record<string, string> {
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} is damaged: put a copy of it back, for new secrets would open nothing of the old ones'`);
  }
}

async function keep(dataDir: string, secrets: Record<string, string>): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = fileOf(dataDir);
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
