import { randomBytes } from "node:crypto";
import { chmod, mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseEnv } from "node:util";
import { EnvironmentError } from "@mgs/core/environment";
import { z } from "zod";
import type { Settings } from "./settings";

/** Names of the product's secrets, which are also their environment variables. */
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
/** Without `METRICS_TOKEN` no process answers `/metrics`. */
export type Secrets = Record<SecretName, string> & { METRICS_TOKEN?: string };

/** Passwords of the servers that the start runs; no variable sets them. They are empty for the company's own servers. */
const SERVICE_PASSWORDS = ["postgresPassword", "redisPassword"] as const;
export type ServicePasswords = Record<(typeof SERVICE_PASSWORDS)[number], string>;

const KEY_BYTES = 32;
const MIN_SECRET_CHARACTERS = 32;
const stored = z.record(z.string(), z.string());

/**
 * Resolves the environment's secrets. With the embedded database it generates missing ones once and keeps them in the data
 * folder. With the company's PostgreSQL and Redis it neither reads nor writes that folder, which may be missing.
 * @param exampleFile text of `.env.example`: its values are public, so they are refused
 * @throws EnvironmentError that lists every secret that is missing, an example's, or too weak, never its value
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
    else if (given !== undefined) problems.push(...listWeaknesses(name, given));
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
  if (Object.keys(generated).length > 0) await writeKept(dataDir, { ...kept, ...generated });
  return { ...secrets, ...passwords, ...(metricsToken === undefined ? {} : { METRICS_TOKEN: metricsToken }) };
}

function listWeaknesses(name: SecretName, value: string): string[] {
  if (name === "MGS_KEY_ENCRYPTION_KEY") {
    return Buffer.from(value, "base64").length === KEY_BYTES ? [] : [`${name}: must be ${KEY_BYTES} bytes in base64`];
  }
  // The operator of a Pusher server chooses its secret.
  if (name === "PUSHER_APP_SECRET") return [];
  return value.length >= MIN_SECRET_CHARACTERS
    ? []
    : [`${name}: must have at least ${MIN_SECRET_CHARACTERS} characters`];
}

function fileOf(dataDir: string): string {
  return join(dataDir, "secrets.json");
}

async function readKept(dataDir: string): Promise<Record<string, string>> {
  const file = fileOf(dataDir);
  const text = await readFile(file, "utf8").catch((error: NodeJS.ErrnoException) => {
    // The file may belong to another user, or the disk may fail. New secrets could not open data that the old ones sealed.
    if (error.code !== "ENOENT") throw error;
    return null;
  });
  if (text === null) return {};
  const { mode } = await stat(file);
  if ((mode & 0o077) !== 0) await chmod(file, 0o600);
  return parseKept(text, file);
}

/** Parses the kept secrets without the parser's own error message, which would quote a secret. */
function parseKept(text: string, file: string): Record<string, string> {
  try {
    return stored.parse(JSON.parse(text));
  } catch {
    throw new Error(`${file} is damaged: put a copy of it back, for new secrets would open nothing of the old ones'`);
  }
}

async function writeKept(dataDir: string, secrets: Record<string, string>): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const file = fileOf(dataDir);
  await writeFile(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}
