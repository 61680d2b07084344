import { createSealer } from "@mgs/core/crypto";
import type { Logger } from "@mgs/core/logger";
import { createDatabase } from "@mgs/db/client";
import { senderFor } from "@mgs/email/env";
import { createMailer } from "@mgs/email/mailer";
import { portalsOpenTo } from "@mgs/identity/permissions";
import { createEnqueuer, type RedisEnqueuer } from "@mgs/jobs/enqueuer";
import { findQuietUntil } from "@mgs/messaging/presence/presence.repository";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { ringBell } from "@mgs/notifications/ring-bell";
import { createPublisher } from "@mgs/realtime/server";
import { portalUrlsOf, type WorkerEnv } from "./env";
import { IDENTITY_HOOKS, MODULES } from "./modules";

/** Time for enqueuing rows: the worker adds many at once, and no request waits for it. */
const ENQUEUE_TIMEOUT_MS = 3_000;

/**
 * Makes the worker's dependencies. It opens no connection and starts no timer.
 * @param mailThread address of the file `./mail-thread`, which runs SMTP in a thread
 * @throws Error when the configuration cannot be used
 */
export function createWorkerDeps(
  env: WorkerEnv,
  logger: Logger,
  mailThread?: URL,
): WorkerDeps & { enqueuer: RedisEnqueuer } {
  const database = createDatabase(env.DATABASE_URL, env.DATABASE_POOL, (reason) =>
    logger.warn({ reason }, "left a PostgreSQL server"),
  );
  const enqueuer = createEnqueuer(env.REDIS_URL, logger, ENQUEUE_TIMEOUT_MS);
  return {
    database,
    enqueuer,
    ringBell: (message) => ringBell({ database, enqueuer }, message),
    mailer: createMailer(env, mailThread),
    senderFor: (source) => senderFor(env, source),
    publisher: createPublisher(env),
    portalUrls: portalUrlsOf(env),
    sealer: createSealer(env.MGS_KEY_ENCRYPTION_KEY),
    issuer: env.OAUTH_SERVER_URL,
    logger,
    identityHooks: IDENTITY_HOOKS,
    holdings: MODULES.flatMap(({ holdings = [] }) => holdings),
    portalsOpenTo,
    quietUntil: (userId) => findQuietUntil(database, userId, new Date()),
  };
}
