import { clearAuditTrail } from "@mgs/audit/testing/clear-audit-trail";
import type { Environment } from "@mgs/core/environment";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { hashPassword } from "@mgs/identity/password";
import { createUserSession } from "@mgs/identity/sessions/user-sessions.repository";
import { createTestRedis, type TestRedis } from "@mgs/jobs/testing/redis-server";
import { createRealtimeServer, type RealtimeServer } from "@mgs/realtime-server/server";
import { afterAll, beforeAll, beforeEach } from "vitest";
import { createTestCli } from "./command-line";

export const PUSHER = { PUSHER_APP_ID: "test", PUSHER_APP_KEY: "test-key", PUSHER_APP_SECRET: "test-secret" };
/** The dead letter. */
export const DEAD = "01920000-0000-7000-8000-000000000001";

/**
 * An installation for all commands of a file: PostgreSQL, Redis, a realtime server, and the same people, clients, sign-in and dead
 * letter before each test.
 */
export function useInstallation() {
  let test: TestDatabase;
  let redis: TestRedis;
  let realtime: RealtimeServer;
  let passwordHash: string;
  let overrides: Environment = {};
  const mgs = createTestCli(() => ({
    DATABASE_URL: test.url,
    REDIS_URL: redis.url,
    ADMINISTRATION_URL: "http://localhost:3000",
    COMMERCIAL_URL: "http://localhost:3001",
    GESTION_DOSSIER_URL: "http://localhost:3002",
    ...PUSHER,
    PUSHER_HOST: "127.0.0.1",
    PUSHER_PORT: String(realtime.port),
    PUSHER_SCHEME: "http",
    ...overrides,
  }));

  beforeAll(async () => {
    [test, redis] = await Promise.all([createTestDatabase(), createTestRedis()]);
    await redis.start();
    realtime = createRealtimeServer({
      apps: [{ id: PUSHER.PUSHER_APP_ID, keys: [{ key: PUSHER.PUSHER_APP_KEY, secret: PUSHER.PUSHER_APP_SECRET }] }],
      host: "127.0.0.1",
      limits: { closeGraceMs: 100 },
    });
    await realtime.listen(0);
    passwordHash = await hashPassword("an old password");
    // The fixture uses ids below this one, and the sequence gives ids above it.
    await test.database.$queryRaw`SELECT setval('users_id_seq', 1000)`;
  });
  afterAll(async () => {
    await realtime.close();
    await redis.stop();
    await test.drop();
  });

  beforeEach(async () => {
    overrides = {};
    const { database } = test;
    await database.outbox.deleteMany();
    await database.queuePause.deleteMany();
    await database.user.deleteMany();
    await database.client.deleteMany();
    await clearAuditTrail(database);
    for (const [id, email, role] of [
      [1, "admin@mgs.mg", "administrateur"],
      [2, "hery@mgs.mg", "commercial"],
    ] as const) {
      await database.user.create({ data: { id, email, role, name: `Nom ${id}`, passwordHash, inbox: { create: {} } } });
    }
    const client = { secretHash: "-", redirectUris: ["http://localhost/cb"], scopes: ["openid"] };
    await database.client.createMany({
      data: [
        { ...client, id: "commercial", name: "Commercial", firstParty: true },
        { ...client, id: "agenda", name: "Agenda" },
      ],
    });
    await createUserSession(database, { userId: 2, oidcSessionUid: "uid", userAgent: null, ip: null });
    await database.outbox.create({
      data: {
        id: DEAD,
        queue: "emails",
        kind: "notification.email",
        payload: { token: "abc" },
        state: "dead",
        attempts: 8,
        lastError: "Error: 550 unknown",
      },
    });
  });

  return {
    mgs,
    get test() {
      return test;
    },
    get redis() {
      return redis;
    },
    get realtime() {
      return realtime;
    },
    /** Changes variables of the environment until the test ends. */
    override(variables: Environment) {
      overrides = variables;
    },
  };
}
