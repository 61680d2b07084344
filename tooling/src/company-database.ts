import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EnvironmentError } from "@mgs/core/environment";
import type { Secrets } from "./secrets";
import { redisUrl } from "./services/redis";
import type { Ports, Settings } from "./settings";
import { isStillRunning, readInstance } from "./supervisor/instance-file";

export type CommandDatabase = {
  databaseUrl: string;
  /** URL of the product's Redis, which may not be running. */
  redisUrl: string;
  /** Secrets that the last start generated; none with the company's database, whose environment has them. */
  secrets: Partial<Secrets>;
  /** Ports of the running product, else of the next start. */
  ports: Ports;
  close(): Promise<void>;
};

/** Opens the company's database for one command. It starts and writes nothing. @throws EnvironmentError without one */
export async function openCompanyDatabase(settings: Settings): Promise<CommandDatabase> {
  const { env, dataDir } = settings;
  if (env.DATABASE_URL === undefined) throw new EnvironmentError(["DATABASE_URL: is required"]);
  const known = readInstance(dataDir);
  const ports: Ports = { ...settings.ports, ...(known && isStillRunning(known.supervisor) ? known.ports : {}) };
  const url = env.REDIS_URL ?? redisUrl(settings.ports.redis, await readLocalPassword(settings, "redisPassword"));
  return { databaseUrl: env.DATABASE_URL, redisUrl: url, secrets: {}, ports, close: async () => {} };
}

/** Reads the password of a local Redis beside the company's database, which the last start generated; else none. */
async function readLocalPassword({ dataDir }: Settings, name: string): Promise<string> {
  const text = await readFile(join(dataDir, "secrets.json"), "utf8").catch(() => "{}");
  const kept: unknown = JSON.parse(text);
  return typeof kept === "object" && kept !== null && name in kept ? String(Reflect.get(kept, name)) : "none";
}
