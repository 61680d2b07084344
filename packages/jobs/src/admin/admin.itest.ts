import { clearAuditTrail } from "@mgs/audit/testing/clear-audit-trail";
import type { Actor, UserActor } from "@mgs/core/actor";
import { createLogger } from "@mgs/core/logger";
import { createDatabase } from "@mgs/db/client";
import { withNestedLoops } from "@mgs/db/testing/nested-loops";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createEnqueuer, type Enqueuer } from "../enqueuer";
import { claimRow, findDueRows, insertOutbox } from "../outbox.repository";
import { backchannelLogout, sessionEnded } from "../testing/outbox-kinds";
import { createTestRedis, type TestRedis } from "../testing/redis-server";
import { listFailed } from "./list-failed";
import { pauseQueue, resumeQueue } from "./pause-queue";
import { createQueueMonitor, type QueueMonitor } from "./queue-monitor";
import { readQueueStatus } from "./queue-status";
import { retryMatchingDeadLetters } from "./queues.repository";
import { retryAllFailed, retryFailed } from "./retry-failed";

const SYSTEM: Actor = { kind: "system", name: "test" };
const ADMIN: UserActor = {
  kind: "user",
  userId: 1,
  role: "administrateur",
  locale: "fr",
  userSessionId: "s",
  clientId: "administration",
  scopes: [],
};
const REFUSED: readonly Actor[] = [
  { ...ADMIN, role: "direction" },
  { ...ADMIN, clientId: "erp" },
  { kind: "client", clientId: "erp", scopes: ["notifications:send"] },
];

let test: TestDatabase;
let redis: TestRedis;
let enqueuer: Enqueuer;
let monitor: QueueMonitor;
beforeAll(async () => {
  test = await createTestDatabase();
  redis = await createTestRedis();
  await redis.start();
  enqueuer = createEnqueuer(redis.url, createLogger("test", "silent"), 5_000);
  monitor = createQueueMonitor(redis.url, 5_000);
});
afterAll(async () => {
  await Promise.all([enqueuer.close(), monitor.close()]);
  await redis.stop();
  await test.drop();
});
beforeEach(async () => {
  await test.database.outbox.deleteMany();
  await test.database.queuePause.deleteMany();
  await clearAuditTrail(test.database);
});

const deps = () => ({ database: test.database, enqueuer, monitor });
const audited = async () =>
  (await test.database.auditEvent.findMany({ orderBy: { id: "asc" } })).map(({ actor, action, subject }) => [
    actor,
    action,
    subject,
  ]);

/** Inserts dead letters, oldest first. @returns their ids */
async function bury(kind: string, count: number): Promise<string[]> {
  const row = sessionEnded.row({ payload: { user_session_id: "s", reason: "logout" } });
  const refs = await insertOutbox(
    test.database,
    Array.from({ length: count }, () => row),
  );
  const queue = kind === "session.ended" ? "broadcasts" : "default";
  const ids = refs.map(({ id }) => id).sort();
  await test.database.outbox.updateMany({
    where: { id: { in: ids } },
    data: {
      kind,
      queue,
      state: "dead",
      attempts: 8,
      lastError: "Error: no",
      finishedAt: new Date(),
      payload: { client_id: "erp", logout_token: "abc", nested: [{ password: "pa55", url: "smtp://u:pa55@mail/" }] },
    },
  });
  return ids;
}

describe("administration of the queues", () => {
  it("counts rows in PostgreSQL and jobs in Redis, and works while Redis is away", async () => {
    await bury("session.ended", 2);
    const refs = await insertOutbox(test.database, [
      sessionEnded.row({ payload: { user_session_id: "a", reason: "logout" } }),
      sessionEnded.row({ payload: { user_session_id: "b", reason: "logout" } }),
      backchannelLogout.row({ payload: { client_id: "c", sub: "1", sid: "s" } }),
    ]);
    await test.database.$executeRaw`
      UPDATE outbox SET available_at = now() - interval '90 seconds' WHERE id = ${refs[0]?.id}::uuid`;
    await test.database.$executeRaw`
      UPDATE outbox SET state = 'sent', finished_at = now() - interval '10 minutes' WHERE id = ${refs[2]?.id}::uuid`;
    await claimRow(test.database, refs[1]?.id ?? "", 60_000);
    await enqueuer.enqueue(refs.slice(0, 1));
    const status = await readQueueStatus(deps(), ADMIN);
    expect(status.map(({ queue }) => queue)).toEqual(["notifications", "emails", "broadcasts", "default"]);
    expect(status[2]).toMatchObject({
      paused: null,
      outbox: { pending: 1, leased: 1, due: 1, dead: 2, sent_last_minute: 0, sent_last_hour: 0 },
      redis: { waiting: 1, active: 0, delayed: 0, failed: 0 },
    });
    expect(status[2]?.outbox.oldest_seconds).toBeGreaterThanOrEqual(90);
    expect(status[3]?.outbox).toMatchObject({ pending: 0, sent_last_minute: 0, sent_last_hour: 1, oldest_seconds: 0 });

    const nowhere = createQueueMonitor("redis://127.0.0.1:1", 300);
    const blind = await readQueueStatus({ database: test.database, monitor: nowhere }, SYSTEM);
    await nowhere.close();
    expect(blind.map(({ redis }) => redis)).toEqual([null, null, null, null]);
    expect(blind[2]?.outbox.dead).toBe(2);
  });

  it("lists dead letters page by page, filtered by queue and kind, with secrets masked", async () => {
    const broadcasts = await bury("session.ended", 3);
    const [logout] = await bury("oidc.backchannel-logout", 1);
    const first = await listFailed(deps(), SYSTEM, { queue: "broadcasts", limit: 2 });
    expect(first.items.map(({ id }) => id)).toEqual([broadcasts[2], broadcasts[1]]);
    const second = await listFailed(deps(), SYSTEM, { queue: "broadcasts", limit: 2, cursor: first.next });
    expect(second).toMatchObject({ items: [{ id: broadcasts[0] }], next: null });
    const { items } = await listFailed(deps(), ADMIN, { kind: "oidc.backchannel-logout" });
    expect(items).toMatchObject([{ id: logout, queue: "default", attempts: 8, last_error: "Error: no" }]);
    expect(items[0]?.payload).toEqual({
      client_id: "erp",
      logout_token: "[hidden]",
      nested: [{ password: "[hidden]", url: "smtp://[hidden]@mail/" }],
    });
    expect(items[0]?.failed_at).toEqual(expect.any(String));
  });

  it("retries dead letters by id and by filter, each once, and audits it", async () => {
    const [one, two] = await bury("session.ended", 2);
    if (!one || !two) throw new Error("nothing was buried");
    expect(await retryFailed(deps(), ADMIN, { ids: [one] })).toEqual({ retried: 1 });
    expect(await retryFailed(deps(), ADMIN, { ids: [one] })).toEqual({ retried: 0 });
    expect(await claimRow(test.database, one, 60_000)).toMatchObject({ attempts: 1 });
    await bury("oidc.backchannel-logout", 700);
    const both = await Promise.all([
      retryAllFailed(deps(), SYSTEM, { queue: "default" }),
      retryAllFailed(deps(), SYSTEM, { queue: "default" }),
    ]);
    expect(both.reduce((sum, { retried }) => sum + retried, 0)).toBe(700);
    expect(await test.database.outbox.count({ where: { state: "dead" } })).toBe(1);
    expect(await retryAllFailed(deps(), SYSTEM)).toEqual({ retried: 1, next: null });
    const audits = await audited();
    expect(audits[0]).toEqual(["user:1", "outbox.retried", null]);
    expect(audits.slice(1).every(([actor]) => actor === "system:test")).toBe(true);
  });

  it("retries no more rows than the limit, whichever join the planner chooses", async () => {
    const ids = await bury("session.ended", 3);
    // The youngest lies first in the table.
    for (const id of ids.toReversed())
      await test.database.outbox.update({ where: { id }, data: { lastError: "again" } });
    const database = createDatabase(withNestedLoops(test.url));
    const retried = await database.$transaction((tx) => retryMatchingDeadLetters(tx, {}, null, 1));
    expect(retried.map(({ id }) => id)).toEqual(ids.slice(-1));
    expect(await database.outbox.count({ where: { state: "dead" } })).toBe(2);
    await database.$disconnect();
  });

  it("retries each dead letter once, even when it fails again meanwhile", async () => {
    const ids = await bury("oidc.backchannel-logout", 1_100);
    // As a worker does whose transport refuses the row for good at once.
    const hopeless: Enqueuer = {
      enqueue: async (refs) => {
        await test.database.outbox.updateMany({
          where: { id: { in: refs.map(({ id }) => id) } },
          data: { state: "dead", attempts: 1, finishedAt: new Date() },
        });
        return true;
      },
      close: async () => undefined,
    };
    const all = await retryAllFailed({ database: test.database, enqueuer: hopeless }, SYSTEM);
    expect(all).toEqual({ retried: 1_100, next: null });
    const rest = await retryAllFailed({ database: test.database, enqueuer: hopeless }, SYSTEM, { cursor: ids[100] });
    expect(rest).toEqual({ retried: 100, next: null });
  });

  it("pauses one queue for every worker and the sweep until it is resumed, also one with a backlog", async () => {
    const refs = await insertOutbox(test.database, [
      ...Array.from({ length: 5 }, () => sessionEnded.row({ payload: { user_session_id: "s", reason: "x" } })),
      backchannelLogout.row({ payload: { client_id: "c", sub: "1", sid: "s" } }),
    ]);
    await test.database.$executeRaw`UPDATE outbox SET available_at = now() - interval '1 minute'`;
    expect(await pauseQueue(deps(), ADMIN, { queue: "broadcasts" })).toEqual({ changed: true });
    expect(await pauseQueue(deps(), SYSTEM, { queue: "broadcasts" })).toEqual({ changed: false });
    expect(await claimRow(test.database, refs[0]?.id ?? "", 60_000)).toBeNull();
    expect((await findDueRows(test.database, 2)).map(({ queue }) => queue)).toEqual(["default"]);
    expect((await readQueueStatus(deps(), ADMIN))[2]?.paused).toEqual({ at: expect.any(String), by: "user:1" });

    expect(await resumeQueue(deps(), SYSTEM, { queue: "broadcasts" })).toEqual({ changed: true });
    expect(await resumeQueue(deps(), SYSTEM, { queue: "broadcasts" })).toEqual({ changed: false });
    expect((await monitor.counts())?.broadcasts.waiting).toBeGreaterThanOrEqual(5);
    expect(await claimRow(test.database, refs[0]?.id ?? "", 60_000)).toMatchObject({ attempts: 1 });
    expect(await audited()).toEqual([
      ["user:1", "queue.paused", "broadcasts"],
      ["system:test", "queue.resumed", "broadcasts"],
    ]);
  });

  it("refuses callers without the permission, and input that is not valid", async () => {
    const queue = "emails" as const;
    for (const actor of REFUSED) {
      for (const attempt of [
        () => readQueueStatus(deps(), actor),
        () => listFailed(deps(), actor),
        () => retryFailed(deps(), actor, { ids: [] }),
        () => retryAllFailed(deps(), actor),
        () => pauseQueue(deps(), actor, { queue }),
        () => resumeQueue(deps(), actor, { queue }),
      ]) {
        await expect(attempt()).rejects.toMatchObject({ code: "FORBIDDEN" });
      }
    }
    for (const wrong of [
      () => listFailed(deps(), ADMIN, { queue: "mails" }),
      () => listFailed(deps(), ADMIN, { cursor: "1; DROP TABLE outbox" }),
      () => listFailed(deps(), ADMIN, { limit: 1_000 }),
      () => retryFailed(deps(), ADMIN, { ids: ["x"] }),
      () => retryAllFailed(deps(), ADMIN, { kind: "nothing" }),
      () => retryAllFailed(deps(), ADMIN, { cursor: "1" }),
      () => pauseQueue(deps(), ADMIN, { queue: "x" as "emails" }),
    ]) {
      await expect(wrong()).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
    }
    expect(await audited()).toEqual([]);
  });

  it("reads dead letters and counts by index among many rows", async () => {
    await test.database.$executeRaw`
      INSERT INTO outbox (id, queue, kind, payload, state, finished_at, available_at)
      SELECT gen_random_uuid(), (ARRAY['emails', 'broadcasts'])[1 + i % 2], 'session.ended', '{}',
        CASE WHEN i % 1000 = 0 THEN 'dead' WHEN i % 999 = 0 THEN 'pending' ELSE 'sent' END,
        now() - i * interval '860 ms', now() FROM generate_series(1, 100000) i`;
    await test.database.$executeRaw`VACUUM ANALYZE outbox`;
    const plans: [index: string, sql: string][] = [
      ["outbox_dead", "SELECT id FROM outbox WHERE state = 'dead' ORDER BY id DESC LIMIT 26"],
      [
        "outbox_queue_dead",
        "SELECT id FROM outbox WHERE state = 'dead' AND queue = 'default' ORDER BY id DESC LIMIT 26",
      ],
      ["outbox_kind_dead", "SELECT id FROM outbox WHERE state = 'dead' AND kind = 'other' ORDER BY id DESC LIMIT 26"],
      [
        "outbox_queue_due",
        "SELECT state FROM outbox WHERE queue = 'emails' AND state IN ('pending', 'leased') ORDER BY available_at LIMIT 100000",
      ],
      [
        "outbox_queue_finished",
        "SELECT finished_at FROM outbox WHERE queue = 'emails' AND state = 'sent' AND finished_at > now() - interval '1 hour' ORDER BY finished_at DESC LIMIT 100000",
      ],
    ];
    for (const [index, sql] of plans) {
      const lines = await test.database.$queryRawUnsafe<{ "QUERY PLAN": string }[]>(`EXPLAIN ${sql}`);
      const text = lines.map((line) => line["QUERY PLAN"]).join("\n");
      expect(text, sql).toContain(index);
      expect(text, sql).not.toContain("Seq Scan");
    }
    const whole = await test.database.$queryRaw<{ "QUERY PLAN": string }[]>`
      EXPLAIN SELECT count(*) FROM unnest(ARRAY['emails', 'default']) q(name), LATERAL (
        SELECT FROM outbox WHERE queue = q.name AND state = 'dead' LIMIT 100000) d`;
    expect(whole.map((line) => line["QUERY PLAN"]).join("\n")).not.toContain("Seq Scan on outbox");
  });
});
