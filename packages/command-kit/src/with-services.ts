import type { Clock } from "@mgs/core/clock";
import { systemClock } from "@mgs/core/clock";
import { createLogger } from "@mgs/core/logger";
import { createDatabase, type Database } from "@mgs/db/client";
import { createQueueMonitor, type QueueMonitor } from "@mgs/jobs/admin/queue-monitor";
import { createEnqueuer, type Enqueuer } from "@mgs/jobs/enqueuer";
import type { CommandContext } from "@mgs/module/command";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { readServicesEnv } from "./services-env";

export type Services = {
  database: Database;
  enqueuer: Enqueuer;
  monitor: QueueMonitor;
  clock: Clock;
  identityHooks: readonly IdentityHooks[];
};

/** How long a command waits for Redis; the worker's sweep enqueues what a command could not. */
export const REDIS_TIMEOUT_MS = 5_000;

/** Runs `work` with PostgreSQL and Redis, both opened on first use and closed afterwards. */
export async function withServices<T>(context: CommandContext, work: (services: Services) => Promise<T>): Promise<T> {
  const { DATABASE_URL, REDIS_URL } = readServicesEnv(await context.environment(true));
  const database = createDatabase(DATABASE_URL, 2);
  const enqueuer = createEnqueuer(REDIS_URL, createLogger("cli", "silent"), REDIS_TIMEOUT_MS);
  const monitor = createQueueMonitor(REDIS_URL, REDIS_TIMEOUT_MS);
  try {
    const { identityHooks } = context.ports;
    return await work({ database, enqueuer, monitor, clock: systemClock, identityHooks });
  } finally {
    await Promise.allSettled([enqueuer.close(), monitor.close(), database.$disconnect()]);
  }
}
