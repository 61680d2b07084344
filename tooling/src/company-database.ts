import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EnvironmentError } from "@mgs/core/environment";
import type { Secrets } from "./secrets";
import { redisUrl } from "./services/redis";
import type { Ports, Settings } from "./settings";
import { readInstance, stillRuns } from "./supervisor/instance-file";

export type CommandDatabase = {
  databaseUrl: string;
  /** Where the product's Redis is, whether it runs or not. */
  redisUrl: string;
  /** Those that the last start made up; none with the company's database, where the environment has them. */
  secrets: Partial<Secrets>;
  /** Of the run that goes on, else of the one to come. */
  ports: Ports;
  close(): Promise<void>;
};

/** The company's database, for one command. Nothing is started, made or written. @throws EnvironmentError without one */
export async function openCompanyDatabase(settings: Settings): Promise<CommandDatabase> {
  const { env, dataDir } = settings;
  if (env.DATABASE_URL === undefined) throw new EnvironmentError(["DATABASE_URL: is required"]);
  const known = readInstance(dataDir);
  const ports: Ports = { ...settings.ports, ...(known && stillRuns(known.supervisor) ? known.ports : {}) };
  const url = env.REDIS_URL ?? redisUrl(settings.ports.redis, await localPassword(settings, "redisPassword"));
  return { databaseUrl: env.DATABASE_URL, redisUrl: url, secrets: {}, ports, close: async () => {} };
}

/** With the company's database and a local Redis, the password that the last start made; else none. */
async function localPassword({ dataDir }: Settings, name: string): Promise<string> {
  const text = await readFile(join(dataDir, "secrets.json"), "utf8").catch(() => "{}");
  const kept: unknown = JSON.parse(text);
  return typeof kept === "object" && kept !== null && name in kept ? String(Reflect.get(kept, name)) : "none";
}
