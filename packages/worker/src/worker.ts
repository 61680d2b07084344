import { createSealer } from "@mgs/core/crypto";
import { createLogger, type Logger } from "@mgs/core/logger";
import { createDatabase, databaseTakesWrites } from "@mgs/db/client";
import { defaultMailsPerSecond, senderFor } from "@mgs/email/env";
import { createMailer } from "@mgs/email/mailer";
import { countLiveSessions } from "@mgs/identity/sessions/live-sessions.repository";
import { createQueueMonitor } from "@mgs/jobs/admin/queue-monitor";
import { createEnqueuer } from "@mgs/jobs/enqueuer";
import { createRedis, takesWrites } from "@mgs/jobs/redis";
import { registerPoolGauge } from "@mgs/observability/metrics/pool-gauge";
import { registerProductGauges } from "@mgs/observability/metrics/product-gauges";
import { startHeartbeat } from "@mgs/observability/processes/start-heartbeat";
import { publicPusherSettings } from "@mgs/realtime/public-settings";
import { createPublisher } from "@mgs/realtime/server";
import { startCanary } from "./canary/start-canary";
import { consume } from "./consume";
import { deliver } from "./delivery/deliver";
import type { WorkerDeps } from "./deps";
import { portalUrlsOf, type WorkerEnv } from "./env";
import { handlers } from "./handlers/handlers";
import { startHealthServer } from "./health";
import { watchRealtimeServer } from "./realtime-heartbeat";
import { startSchedules } from "./schedule";

export type RunningWorker = {
  readonly healthPort: number;
  /** Finishes what is under way, for 10 s at most, and lets go of everything. Safe to call twice. */
  close(): Promise<void>;
};

/** Milliseconds that work under way has to end; what it leaves is taken up by another worker. */
const PATIENCE = 10_000;
/** The worker adds many rows at once and nobody waits for it. */
const ENQUEUE_PATIENCE = 3_000;

/**
 * Starts the worker. Neither PostgreSQL nor Redis has to be there yet: it works from when they are.
 * @param mailThread the file `./mail-thread`, for a thread that speaks SMTP
 * @throws Error when the health port cannot be had, or the configuration cannot be used
 */
export async function startWorker(
  env: WorkerEnv,
  logger: Logger = createLogger("worker", env.LOG_LEVEL),
  mailThread?: URL,
): Promise<RunningWorker> {
  const enqueuer = createEnqueuer(env.REDIS_URL, logger, ENQUEUE_PATIENCE);
  const deps: WorkerDeps = {
    database: createDatabase(env.DATABASE_URL, env.DATABASE_POOL, (reason) =>
      logger.warn({ reason }, "left a PostgreSQL server"),
    ),
    enqueuer,
    mailer: createMailer(env, mailThread),
    senderFor: (source) => senderFor(env, source),
    publisher: createPublisher(env),
    portalUrls: portalUrlsOf(env),
    sealer: createSealer(env.MGS_KEY_ENCRYPTION_KEY),
    issuer: env.OAUTH_SERVER_URL,
    logger,
  };
  const connected = enqueuer.connect();
  const probe = createRedis(env.REDIS_URL, "mgs-worker-health", 1_000);
  const health = await startHealthServer(
    { port: env.WORKER_PORT, host: env.WORKER_HOST },
    {
      postgresql: () => databaseTakesWrites(deps.database),
      redis: async () => {
        await connected;
        return takesWrites(probe);
      },
    },
    env.METRICS_TOKEN,
  );
  const monitor = createQueueMonitor(env.REDIS_URL);
  registerProductGauges({ database: deps.database, monitor, countLiveSessions });
  registerPoolGauge();
  const heartbeats = [startHeartbeat(deps, "worker"), watchRealtimeServer(deps)];
  const consumption = consume((id, queue) => deliver(deps, handlers, id, queue), {
    redisUrl: env.REDIS_URL,
    logger,
    enqueuer: deps.enqueuer,
    concurrency: env.WORKER_CONCURRENCY,
    mailsPerSecond: env.WORKER_MAILS_PER_SECOND ?? defaultMailsPerSecond(env),
  });
  const schedules = startSchedules(deps, consumption);

  const canary =
    env.CANARY_INTERVAL === 0
      ? undefined
      : startCanary(deps, {
          interval: env.CANARY_INTERVAL,
          mailTo: env.CANARY_MAIL_TO ?? "canary@mgs.localhost",
          keyEncryptionKey: env.MGS_KEY_ENCRYPTION_KEY,
          pusher: publicPusherSettings(env),
        });

  async function close(): Promise<void> {
    await Promise.all([schedules.stop(), consumption.stop(PATIENCE), canary?.stop()]);
    probe.disconnect();
    await Promise.all([health.close(), deps.enqueuer.close(), monitor.close()]);
    await Promise.all(heartbeats.map((heartbeat) => heartbeat.stop()));
    deps.mailer.close();
    await deps.database.$disconnect();
  }

  let closing: Promise<void> | undefined;
  return {
    healthPort: health.port,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
