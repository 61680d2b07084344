import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseServerUrl } from "@mgs/core/url-variables";
import type { Secrets, ServicePasswords } from "./secrets";
import { ensureDatabase, postgresAnswers, preparePostgres } from "./services/postgres";
import { postgresUrl } from "./services/postgres-url";
import { findRedis, prepareRedis, redisUrl } from "./services/redis";
import { installRedis } from "./services/redis-install";
import type { Settings } from "./settings";
import type { Supervisor } from "./supervisor/supervisor";

type Keys = Secrets & ServicePasswords;

/** Matches the messages of Redis and Valkey about a file that they cannot load. */
const UNREADABLE_FILE_PATTERN = /append only file|AOF|RDB/;

/** A command holds this lock while it runs the embedded PostgreSQL, because a second server would end the first. */
export const embeddedLock = (dataDir: string): string => join(dataDir, "run", "postgres.lock");

/**
 * Opens the company's database, or starts the embedded one under `supervisor`.
 * @returns its URL
 * @throws Error when the company's database does not answer
 */
export async function openDatabase(settings: Settings, keys: Keys, supervisor: Supervisor): Promise<string> {
  const own = settings.env.DATABASE_URL;
  if (own !== undefined) {
    if (!(await postgresAnswers(own))) throw new Error(`PostgreSQL does not answer at DATABASE_URL (${hostOf(own)})`);
    return own;
  }
  const { postgres: port } = settings.ports;
  const folder = join(settings.dataDir, "postgres");
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  await supervisor.start(await preparePostgres({ folder, port, password: keys.postgresPassword, durable: true }));
  await ensureDatabase(port, keys.postgresPassword);
  return postgresUrl(port, keys.postgresPassword);
}

/**
 * Opens the company's Redis, or starts a local one under `supervisor`, which it installs when it is missing and installing is
 * allowed.
 * @returns its URL
 */
export async function openRedis(
  settings: Settings,
  keys: Keys,
  supervisor: Supervisor,
  say: (line: string) => void,
): Promise<string> {
  const own = settings.env.REDIS_URL;
  if (own !== undefined) return own;
  const binary = findRedis(settings.source.PATH) ?? (await installRedis(!settings.env.MGS_NO_INSTALL, say));
  const { redis: port } = settings.ports;
  const options = {
    binary,
    folder: join(settings.dataDir, "redis"),
    port,
    password: keys.redisPassword,
    durable: true,
  };
  try {
    await supervisor.start(await prepareRedis(options));
  } catch (error) {
    // PostgreSQL has all its data, so a file that a newer Redis or a full disk left unreadable is renamed.
    if (!UNREADABLE_FILE_PATTERN.test(String(error))) throw error;
    const aside = `${options.folder}.unreadable`;
    await rm(aside, { recursive: true, force: true });
    await rename(options.folder, aside);
    say(`Redis could not read its data; it is set aside in ${aside}`);
    await supervisor.start(await prepareRedis(options));
  }
  return redisUrl(port, keys.redisPassword);
}

function hostOf(url: string): string {
  const { hostname, port } = parseServerUrl(url) ?? { hostname: "", port: "" };
  return port ? `${hostname}:${port}` : hostname;
}
