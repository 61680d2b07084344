import { randomUUID } from "node:crypto";
import { createLogger } from "@mgs/core/logger";
import { createDatabase } from "@mgs/db/client";
import { withClient } from "@mgs/db/migrations";
import { fillTables } from "@mgs/db/testing/fill-tables";
import { withNestedLoops } from "@mgs/db/testing/nested-loops";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { afterEach, beforeEach, expect, it } from "vitest";
import { IDENTITY_HOOKS, MODULES } from "../modules";
import { collectRetentionRules } from "./retention";
import { createExpirySweep } from "./sweep-expired";

const RETENTION = collectRetentionRules(MODULES, { auditRetentionDays: 1_826 });

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase();
});
afterEach(() => test.drop());

/** Dependencies that the rules use besides the database. */
const context = { identityHooks: IDENTITY_HOOKS } as WorkerDeps;

const HOUR_MS = 3_600_000;
const from = (milliseconds: number) => new Date(Date.now() + milliseconds);

it("deletes all expired rows, in several batches, and no other row", async () => {
  const { database } = test;
  const logger = createLogger("test", "silent");
  const user = await database.user.create({
    data: { email: "a@mgs.example", name: "A", passwordHash: "-", role: "direction" },
  });
  await database.inbox.create({ data: { userId: user.id, seq: 9n } });
  const session = await database.userSession.create({
    data: { id: randomUUID(), userId: user.id, oidcSessionUid: "uid" },
  });
  const stale = await database.userSession.create({
    data: { id: randomUUID(), userId: user.id, oidcSessionUid: "stale", expiresAt: from(-HOUR_MS) },
  });
  const payload = (index: number, expiresAt: Date | null) => ({
    model: "AccessToken",
    idHash: `${index}`,
    payload: "-",
    expiresAt,
  });
  await database.oidcPayload.createMany({
    data: Array.from({ length: 1_200 }, (_, index) => payload(index, from(-HOUR_MS))),
  });
  await database.oidcPayload.createMany({ data: [payload(-1, from(HOUR_MS)), payload(-2, null)] });
  for (const [name, expiresAt] of [["old", from(-HOUR_MS)] as const, ["new", from(HOUR_MS)] as const]) {
    await database.refreshReplay.create({ data: { tokenHash: name, clientId: "c", answer: "-", expiresAt } });
    await database.idempotencyKey.create({
      data: { owner: "o", key: name, requestHash: "-", response: {}, expiresAt },
    });
    await database.portalSession.create({
      data: {
        id: randomUUID(),
        tokenHash: name,
        portal: "commercial",
        userId: user.id,
        userSessionId: session.id,
        accessToken: "-",
        accessExpiresAt: expiresAt,
        expiresAt,
      },
    });
  }
  const notification = (seq: bigint, deletedAt: Date | null) => ({
    id: randomUUID(),
    userId: user.id,
    seq,
    type: "t",
    titre: "t",
    message: "m",
    source: "commercial",
    deletedAt,
  });
  await database.notification.createMany({
    data: [notification(4n, from(-31 * 24 * HOUR_MS)), notification(6n, from(-HOUR_MS)), notification(1n, null)],
  });

  await createExpirySweep(RETENTION).run({ ...context, database, logger });

  expect((await database.userSession.findMany({ where: { endedAt: null } })).map(({ id }) => id)).toEqual([session.id]);
  expect(await database.outbox.findMany()).toMatchObject([{ payload: { user_session_id: stale.id } }]);
  expect((await database.oidcPayload.findMany()).map(({ idHash }) => idHash).sort()).toEqual(["-1", "-2"]);
  expect((await database.refreshReplay.findMany()).map(({ tokenHash }) => tokenHash)).toEqual(["new"]);
  expect((await database.idempotencyKey.findMany()).map(({ key }) => key)).toEqual(["new"]);
  expect((await database.portalSession.findMany()).map(({ tokenHash }) => tokenHash)).toEqual(["new"]);
  expect((await database.notification.findMany()).map(({ seq }) => seq).sort()).toEqual([1n, 6n]);
  expect(await database.inbox.findUniqueOrThrow({ where: { userId: user.id } })).toMatchObject({ floorSeq: 4n });
});

// The audit trail has a test of its own: its rows go by a function of the database alone, in the order of their chain.
it.each(RETENTION.filter(({ table }) => table !== "audit_events"))(
  "sweeps no more rows of $table than the limit, whichever join the planner chooses",
  async ({ table, sweep }) => {
    await withClient(test.url, async (client) => {
      await fillTables(client);
      await client.query(`UPDATE outbox SET state = 'sent', queue = 'emails', channel = NULL`);
      const { rows } = await client.query<{ name: string }>(
        `SELECT column_name AS name FROM information_schema.columns WHERE table_name = $1 AND (data_type LIKE 'timestamp%' OR data_type = 'date')`,
        [table],
      );
      // The oldest lies first in the table.
      const times = rows.map(({ name }) => `"${name}" = now() - interval '800 days' + rank * interval '1 day'`);
      await client.query(
        `UPDATE "${table}" t SET ${times.join(", ")}
         FROM (SELECT ctid, row_number() OVER (ORDER BY ctid) AS rank FROM "${table}") o WHERE o.ctid = t.ctid`,
      );
      await client.query(`UPDATE user_sessions SET ended_at = NULL`);
    });
    const database = createDatabase(withNestedLoops(test.url));
    const sweepOne = () => sweep(database, 1, context);
    expect([await sweepOne(), await sweepOne(), await sweepOne()]).toEqual([1, 1, 0]);
    await database.$disconnect();
  },
);
