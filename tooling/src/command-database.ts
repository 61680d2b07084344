import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { type CommandDatabase, openCompanyDatabase } from "./company-database";
import { takeLock } from "./file-lock";
import { migrateDatabase } from "./migrations";
import { embeddedLock, openDatabase } from "./open-database";
import { ROOT } from "./paths";
import { resolveSecrets } from "./secrets";
import { findFreePorts } from "./services/ports";
import { postgresAnswers } from "./services/postgres";
import { postgresUrl } from "./services/postgres-url";
import { redisUrl } from "./services/redis";
import type { Ports, Settings } from "./settings";
import type { Guard } from "./supervisor/guard";
import { type Instance, isStillRunning, readInstance } from "./supervisor/instance-file";
import { createLogSink } from "./supervisor/log-sink";
import { createSupervisor, type Supervisor } from "./supervisor/supervisor";

/** Interval of checks whether a start under way has finished. */
const POLL_MS = 200;

/**
 * Opens the product's database for one command: the company's, else the embedded one of a running product, else the embedded
 * one, which it starts on a free port until `close`. Commands that start it run one after the other.
 * @param migrated true to apply pending migrations to the embedded one
 */
export async function openCommandDatabase(
  settings: Settings,
  guard: Guard,
  migrated: boolean,
): Promise<CommandDatabase> {
  const { env, dataDir } = settings;
  if (env.DATABASE_URL !== undefined) return openCompanyDatabase(settings);
  const running = runningInstance(dataDir);
  const ports: Ports = { ...settings.ports, ...running?.ports };
  const keys = await resolveSecrets(settings, await readFile(join(ROOT, ".env.example"), "utf8"));
  const { postgresPassword: _postgres, redisPassword: _redis, ...secrets } = keys;
  const redis = env.REDIS_URL ?? redisUrl(ports.redis, keys.redisPassword);
  if (running?.ports.postgres !== undefined) {
    const databaseUrl = postgresUrl(running.ports.postgres, keys.postgresPassword);
    // A start under way may itself wait for a command to release the database.
    while (runningInstance(dataDir)?.ready === false && !(await postgresAnswers(databaseUrl))) await wait(POLL_MS);
    if (!runningInstance(dataDir)) return openCommandDatabase(settings, guard, migrated);
    return { databaseUrl, redisUrl: redis, secrets, ports, close: async () => {} };
  }
  const releaseLock = await takeLock(embeddedLock(dataDir), {
    waiting: () => process.stderr.write("waiting for another command to let go of the embedded PostgreSQL…\n"),
  });
  if (runningInstance(dataDir)) {
    releaseLock();
    return openCommandDatabase(settings, guard, migrated);
  }
  const supervisor: Supervisor = createSupervisor({
    guard,
    log: createLogSink(join(dataDir, "logs"), () => {}),
    say: (line) => process.stderr.write(`${line}\n`),
  });
  const fresh = !existsSync(join(dataDir, "postgres"));
  if (fresh) process.stderr.write("creating the embedded PostgreSQL…\n");
  const close = () => supervisor.stop().finally(releaseLock);
  try {
    const [postgres = settings.ports.postgres] = await findFreePorts(1);
    const onFreePort = { ...settings, ports: { ...settings.ports, postgres } };
    const databaseUrl = await openDatabase(onFreePort, keys, supervisor);
    if (migrated) await migrateDatabase(databaseUrl);
    return { databaseUrl, redisUrl: redis, secrets, ports, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function runningInstance(dataDir: string): Instance | null {
  const known = readInstance(dataDir);
  return known && isStillRunning(known.supervisor) ? known : null;
}
