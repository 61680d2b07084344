import { randomUUID } from "node:crypto";
import { createDatabase } from "@mgs/db/client";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { claimRow, insertOutbox, markSent } from "./outbox.repository";
import { sessionEnded } from "./testing/outbox-kinds";

const LEASE_MS = 60_000;

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

describe("PostgreSQL's plans for the outbox", () => {
  it("looks rows up by key when it claims and finishes, by one plan that was made while the table was small", async () => {
    const database = createDatabase(test.url, 1);
    // PostgreSQL makes five plans of a prepared statement for its parameters before it compares them with a generic one.
    for (let index = 0; index < 8; index++) {
      await claimRow(database, randomUUID(), LEASE_MS);
      await markSent(database, randomUUID(), 1);
    }
    await database.$executeRaw`SET plan_cache_mode = force_generic_plan`;
    for (const name of ["claim-outbox-rows", "finish-outbox-rows"]) {
      const plan = await database.$queryRawUnsafe<{ "QUERY PLAN": string }[]>(
        `EXPLAIN EXECUTE "${name}" ('{${randomUUID()}}', '{1}')`,
      );
      const text = plan.map((line) => line["QUERY PLAN"]).join("\n");
      expect(text).toContain("outbox_pkey");
      expect(text).not.toMatch(/outbox_queue_due|Seq Scan on outbox/);
    }
    const uses = await database.$queryRaw<{ name: string; isGeneric: boolean }[]>`
      SELECT "name", "generic_plans" >= 3 AS "isGeneric" FROM pg_prepared_statements WHERE "name" LIKE '%-outbox-rows' ORDER BY 1`;
    expect(uses).toEqual([
      { name: "claim-outbox-rows", isGeneric: true },
      { name: "finish-outbox-rows", isGeneric: true },
    ]);
    await database.$disconnect();
  });

  it("finds due rows by index among many sent rows", async () => {
    await test.database.$executeRaw`
      INSERT INTO "outbox" ("id", "queue", "kind", "payload", "state", "finished_at")
      SELECT gen_random_uuid(), 'default', 'session.ended', '{}', 'sent', now() FROM generate_series(1, 20000)`;
    await insertOutbox(test.database, [sessionEnded.row({ payload: { user_session_id: "s", reason: "logout" } })]);
    await test.database.$executeRaw`ANALYZE "outbox"`;
    // The statement of `findDueRows` is private to it, so this is the part of it that runs for each queue.
    const plan = await test.database.$queryRaw<{ "QUERY PLAN": string }[]>`
      EXPLAIN SELECT "id", "queue", "attempts" FROM "outbox"
      WHERE "queue" = 'broadcasts' AND "state" IN ('pending', 'leased') AND "available_at" <= now()
        AND ("state" = 'leased' OR "available_at" <= now() - interval '2 seconds')
      ORDER BY "available_at" LIMIT 500`;
    const text = plan.map((line) => line["QUERY PLAN"]).join("\n");
    expect(text).toContain("outbox_queue_due");
    expect(text).not.toContain("Seq Scan");
  });
});
