import { createChainSchedule } from "@mgs/audit/chain/chain-events";
import { createLogger, type Logger } from "@mgs/core/logger";
import { databaseTakesWrites } from "@mgs/db/client";
import { createPdfDrawer } from "@mgs/documents/thumbnails/pdf-drawer";
import { defaultMailsPerSecond } from "@mgs/email/env";
import { countLiveSessions } from "@mgs/identity/sessions/live-sessions.repository";
import { createQueueMonitor } from "@mgs/jobs/admin/queue-monitor";
import { readQueueStatus } from "@mgs/jobs/admin/queue-status";
import { createRedis, takesWrites } from "@mgs/jobs/redis";
import type { Module } from "@mgs/module/module";
import { registerPoolGauge } from "@mgs/observability/metrics/pool-gauge";
import { registerProductGauges } from "@mgs/observability/metrics/product-gauges";
import { startHeartbeat } from "@mgs/observability/processes/start-heartbeat";
import { publicPusherSettings } from "@mgs/realtime/public-settings";
import { startCanary } from "./canary/start-canary";
import { consumeQueues } from "./consume";
import { createWorkerDeps } from "./create-worker-deps";
import { createDeliver } from "./delivery/deliver";
import { loadHandlers } from "./delivery/handlers";
import type { WorkerEnv } from "./env";
import { startHealthServer } from "./health";
import { MODULES } from "./modules";
import { watchRealtimeServer } from "./realtime-heartbeat";
import { startSchedules } from "./schedule";
import { collectRetentionRules } from "./sweeps/retention";
import { createExpirySweep } from "./sweeps/sweep-expired";
import { createOutboxSweep } from "./sweeps/sweep-outbox";

export type RunningWorker = {
  readonly healthPort: number;
  /** Finishes deliveries under way, for 10 s at most, and closes all connections. A second call is safe. */
  close(): Promise<void>;
};

/** Deliveries under way have this time when the worker stops; another worker takes the rows that it leaves. */
const STOP_TIMEOUT_MS = 10_000;

export type WorkerOptions = {
  logger?: Logger;
  /** Address of the file `./mail-thread`, which runs SMTP in a thread. */
  mailThread?: URL;
  /** Address of the file `./pdf-thread`, which draws PDFs in a thread. */
  pdfThread?: URL;
  /** The modules whose rows, schedules and retention it runs. Default: those of the product. */
  modules?: readonly Module[];
};

/**
 * Starts the worker. PostgreSQL and Redis may still be away: the worker delivers as soon as they are there.
 * @throws Error when the health port is taken, or the configuration cannot be used
 */
export async function startWorker(
  env: WorkerEnv,
  { logger = createLogger("worker", env.LOG_LEVEL), mailThread, pdfThread, modules = MODULES }: WorkerOptions = {},
): Promise<RunningWorker> {
  const deps = {
    ...createWorkerDeps(env, logger, mailThread),
    ...(pdfThread ? { drawPdf: createPdfDrawer(pdfThread) } : {}),
  };
  const handlers = await loadHandlers(modules);
  const connected = deps.enqueuer.connect();
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
  registerProductGauges({
    database: deps.database,
    readQueues: (actor) => readQueueStatus({ database: deps.database, monitor }, actor),
    countLiveSessions: () => countLiveSessions(deps.database),
  });
  registerPoolGauge();
  const heartbeats = [startHeartbeat(deps, "worker"), watchRealtimeServer(deps)];
  const readings = modules.flatMap(({ claimReading }) => claimReading ?? []);
  const consumption = consumeQueues(createDeliver(deps, handlers, readings), {
    redisUrl: env.REDIS_URL,
    logger,
    enqueuer: deps.enqueuer,
    concurrency: env.WORKER_CONCURRENCY,
    mailsPerSecond: env.WORKER_MAILS_PER_SECOND ?? defaultMailsPerSecond(env),
  });
  const ownSchedules = [
    createOutboxSweep(consumption),
    createExpirySweep(collectRetentionRules(modules, { auditRetentionDays: env.AUDIT_RETENTION_DAYS })),
    createChainSchedule(),
  ];
  const schedules = startSchedules([...ownSchedules, ...modules.flatMap(({ schedules = [] }) => schedules)], deps);

  const canary =
    env.CANARY_INTERVAL === 0
      ? undefined
      : startCanary(deps, {
          intervalSeconds: env.CANARY_INTERVAL,
          mailTo: env.CANARY_MAIL_TO ?? "canary@mgs.localhost",
          keyEncryptionKey: env.MGS_KEY_ENCRYPTION_KEY,
          pusher: publicPusherSettings(env),
        });

  async function close(): Promise<void> {
    await Promise.all([schedules.stop(), consumption.stop(STOP_TIMEOUT_MS), canary?.stop()]);
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
