import { randomBytes } from "node:crypto";
import { createLogger } from "@mgs/core/logger";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createEnqueuer } from "@mgs/jobs/enqueuer";
import type { OutboxRef } from "@mgs/jobs/outbox.repository";
import { createTestRedis, type TestRedis } from "@mgs/jobs/testing/redis-server";
import { insertNotification } from "@mgs/notifications/accept.repository";
import { createRealtimeServer, type RealtimeServer } from "@mgs/realtime-server/server";

const PUSHER = { PUSHER_APP_ID: "mgs", PUSHER_APP_KEY: "test-key", PUSHER_APP_SECRET: "test-secret" };

/** The services that a worker needs: PostgreSQL, Redis, a Pusher server. User 1 reads French, user 2 English. */
export type Stage = {
  test: TestDatabase;
  redis: TestRedis;
  realtime: RealtimeServer;
  /** Makes a worker's environment, with mail to `smtpUrl`. */
  environment(smtpUrl: string): NodeJS.ProcessEnv;
  /** Accepts notifications as the API does, without enqueuing them. */
  accept(
    count: number,
    more?: { userId?: number; titre?: string; message?: string; source?: string },
  ): Promise<OutboxRef[]>;
  enqueue(refs: readonly OutboxRef[]): Promise<boolean>;
  close(): Promise<void>;
};

export async function createStage(): Promise<Stage> {
  const [test, redis] = await Promise.all([createTestDatabase(), createTestRedis()]);
  await redis.start();
  const realtime = createRealtimeServer({
    apps: [{ id: PUSHER.PUSHER_APP_ID, keys: [{ key: PUSHER.PUSHER_APP_KEY, secret: PUSHER.PUSHER_APP_SECRET }] }],
    host: "127.0.0.1",
    limits: { closeGraceMs: 100 },
  });
  await realtime.listen(0);
  const people = [
    { id: 1, email: "rivo@mgs.example", name: "Rivo Ratsimba", role: "commercial", locale: "fr" },
    { id: 2, email: "jane@mgs.example", name: "Jane Rabe", role: "gestionnaire", locale: "en" },
    { id: 3, email: "gone@mgs.example", name: "Gone", role: "direction", locale: "fr", disabledAt: new Date() },
  ];
  await test.database.user.createMany({ data: people.map((person) => ({ ...person, passwordHash: "-" })) });

  return {
    test,
    redis,
    realtime,
    environment: (smtpUrl) => ({
      NODE_ENV: "test",
      DATABASE_URL: test.url,
      REDIS_URL: redis.url,
      SMTP_URL: smtpUrl,
      MAIL_FROM: "MGS <no-reply@mgs.example>",
      MAIL_FROM_COMMERCIAL: "MGS Commercial <commercial@mgs.example>",
      ...PUSHER,
      PUSHER_HOST: "127.0.0.1",
      PUSHER_PORT: String(realtime.port),
      PUSHER_SCHEME: "http",
      OAUTH_SERVER_URL: "http://localhost:3000",
      ADMINISTRATION_URL: "http://localhost:3000",
      COMMERCIAL_URL: "http://localhost:3001",
      GESTION_DOSSIER_URL: "http://localhost:3002",
      MGS_KEY_ENCRYPTION_KEY: randomBytes(32).toString("base64"),
      WORKER_PORT: "0",
      LOG_LEVEL: "silent",
    }),
    async accept(count, { userId = 1, titre = "Contrat signé", message = "Bonjour", source = "commercial" } = {}) {
      const refs: OutboxRef[] = [];
      for (let index = 0; index < count; index++) {
        const accepted = await insertNotification(test.database, {
          user_id: userId,
          type: "contrat.signe",
          titre,
          message,
          url: "/contrats/1",
          source,
          senderId: null,
          requestId: "request-1",
          idempotency: null,
          bearer: null,
        });
        if (!accepted) throw new Error("the recipient is unknown");
        refs.push(...accepted.refs);
      }
      return refs;
    },
    async enqueue(refs) {
      const enqueuer = createEnqueuer(redis.url, createLogger("test", "silent"), 5_000);
      const isTaken = await enqueuer.enqueue(refs);
      await enqueuer.close();
      return isTaken;
    },
    async close() {
      await realtime.close();
      await redis.stop();
      await test.drop();
    },
  };
}

/** Counts the outbox rows in each state. */
export async function countStates({ test }: Stage): Promise<Record<string, number>> {
  const groups = await test.database.outbox.groupBy({ by: ["state"], _count: true });
  return Object.fromEntries(groups.map(({ state, _count }) => [state, _count]));
}
