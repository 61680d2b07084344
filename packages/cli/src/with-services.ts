import type { Clock } from "@mgs/core/clock";
import { systemClock } from "@mgs/core/clock";
import { createLogger } from "@mgs/core/logger";
import { createDatabase, type Database } from "@mgs/db/client";
import { createQueueMonitor, type QueueMonitor } from "@mgs/jobs/admin/queue-monitor";
import { createEnqueuer, type Enqueuer } from "@mgs/jobs/enqueuer";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import { oidcHooks } from "@mgs/oidc/identity-hooks";
import { portalAuthHooks } from "@mgs/portal-auth/identity-hooks";
import type { CliContext } from "./context";
import { readServicesEnv } from "./env";

export type Services = {
  database: Database;
  enqueuer: Enqueuer;
  monitor: QueueMonitor;
  clock: Clock;
  identityHooks: readonly IdentityHooks[];
};

/** Milliseconds a command waits for Redis before the sweep has to do without it. */
export const REDIS_PATIENCE_MS = 5_000;

/** Runs `work` with PostgreSQL and Redis, both opened on first use and closed afterwards. */
export async function withServices<T>(context: CliContext, work: (services: Services) => Promise<T>): Promise<T> {
  const { DATABASE_URL, REDIS_URL } = readServicesEnv(await context.environment(true));
  const database = createDatabase(DATABASE_URL, 2);
  const enqueuer = createEnqueuer(REDIS_URL, createLogger("cli", "silent"), REDIS_PATIENCE_MS);
  const monitor = createQueueMonitor(REDIS_URL, REDIS_PATIENCE_MS);
  try {
    return await work({ database, enqueuer, monitor, clock: systemClock, identityHooks: [oidcHooks, portalAuthHooks] });
  } finally {
    await Promise.allSettled([enqueuer.close(), monitor.close(), database.$disconnect()]);
  }
}
