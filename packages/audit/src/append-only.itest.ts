import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { createDatabase, type Database } from "@mgs/db/client";
import { withClient } from "@mgs/db/migrations";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { audit } from "./audit.repository";
import { chainEvents } from "./chain/chain-events";
import { verifyTrail } from "./chain/verify-trail";
import { createAuditRetention } from "./retention";
import { removeEventsBefore } from "./retention.repository";
import { clearAuditTrail } from "./testing/clear-audit-trail";

const SYSTEM = { kind: "system", name: "cli" } as const;
const DAY_MS = 24 * 60 * 60 * 1_000;
const ROLE = `mgs_app_${randomBytes(4).toString("hex")}`;

let test: TestDatabase;
let application: Database;
beforeAll(async () => {
  test = await createTestDatabase();
  const grants = readFileSync("deploy/postgresql/application-role.sql", "utf8").replaceAll(':"role"', `"${ROLE}"`);
  await withClient(test.url, async (client) => {
    // The template of the tests has migrations of another name.
    await client.query(`CREATE TABLE IF NOT EXISTS "_prisma_migrations" ("id" text)`);
    await client.query(`CREATE ROLE "${ROLE}" LOGIN PASSWORD 'application'; ${grants}`);
  });
  const url = new URL(test.url);
  url.username = ROLE;
  url.password = "application";
  application = createDatabase(url.href, 3);
});
beforeEach(() => clearAuditTrail(test.database));
afterAll(async () => {
  await application.$disconnect();
  await withClient(test.url, (client) => client.query(`DROP OWNED BY "${ROLE}"; DROP ROLE "${ROLE}"`));
  await test.drop();
});

/** Writes events that happened some days ago, oldest first, and chains them. */
async function writeOld(...daysAgo: number[]): Promise<void> {
  for (const days of daysAgo) {
    await audit(test.database, { actor: SYSTEM, action: "user.disabled", subject: days });
    await test.database.$transaction([
      test.database.$executeRaw`SET LOCAL session_replication_role = replica`,
      test.database
        .$executeRaw`UPDATE "audit_events" SET "at" = now() - ${days}::int * interval '1 day' WHERE "subject" = ${String(days)}`,
    ]);
  }
  await chainEvents(test.database);
}

const REFUSED = [
  `UPDATE "audit_events" SET "actor" = 'user:2'`,
  `UPDATE "audit_events" SET "actor" = 'user:2' WHERE false`,
  `DELETE FROM "audit_events"`,
  `TRUNCATE "audit_events"`,
  `UPDATE "audit_chain" SET "hash" = ''`,
  `DELETE FROM "audit_chain"`,
  `TRUNCATE "audit_chain"`,
  `UPDATE "audit_anchors" SET "removed" = 0`,
  `DELETE FROM "audit_anchors"`,
  `WITH gone AS (DELETE FROM "audit_events" RETURNING *) SELECT count(*) FROM gone`,
  `INSERT INTO "audit_events" SELECT * FROM "audit_events" ON CONFLICT ("id") DO UPDATE SET "actor" = 'user:2'`,
  `MERGE INTO "audit_events" e USING "audit_chain" c ON c."event_id" = e."id" WHEN MATCHED THEN DELETE`,
];

describe("nobody changes the trail", () => {
  beforeEach(() => writeOld(3_000, 400, 1));

  it.each(REFUSED)("%s: refused to the role that owns the tables", async (sql) => {
    await expect(test.database.$executeRawUnsafe(sql)).rejects.toThrow(/append-only/);
    expect(await verifyTrail(test, SYSTEM)).toMatchObject({ ok: true, events: 3 });
  });

  it.each([
    ...REFUSED,
    `INSERT INTO "audit_anchors" ("through_seq", "hash", "removed") SELECT "seq", "hash", 1 FROM "audit_chain"`,
    `ALTER TABLE "audit_events" DISABLE TRIGGER ALL`,
    `SET session_replication_role = replica`,
    `DROP TABLE "audit_events"`,
    `DROP FUNCTION "audit_remove_before"`,
  ])("%s: refused to the role of the processes", async (sql) => {
    await expect(application.$executeRawUnsafe(sql)).rejects.toThrow(/permission denied|must be owner|append-only/);
    expect(await verifyTrail(test, SYSTEM)).toMatchObject({ ok: true, events: 3 });
  });

  it("a young row goes not even when an anchor covers it", async () => {
    const forged = test.database.$executeRaw`INSERT INTO "audit_anchors" ("through_seq", "hash", "removed")
      SELECT "seq", "hash", 3 FROM "audit_chain" WHERE "seq" = 3`;
    await forged;
    await expect(test.database.$executeRaw`DELETE FROM "audit_events"`).rejects.toThrow(/append-only/);
  });

  it("the role of the processes writes, chains, verifies and removes what is old", async () => {
    await audit(application, { actor: SYSTEM, action: "user.disabled", subject: 5 });
    await chainEvents(application);
    expect(await verifyTrail({ database: application }, SYSTEM)).toMatchObject({ ok: true, events: 4 });
    expect(await removeEventsBefore(application, new Date(Date.now() - 1_826 * DAY_MS), 100)).toBe(1);
    expect(await verifyTrail({ database: application }, SYSTEM)).toMatchObject({ ok: true, removed_through: "1" });
  });
});

describe("retention", () => {
  const sweep = async (days: number, limit = 100) => {
    const [, rule] = createAuditRetention(days);
    return rule?.sweep(test.database, limit, undefined);
  };

  it("removes whole months of the oldest rows, keeps the chain verifiable, and says so in the trail", async () => {
    await writeOld(2_100, 2_000, 1_900, 1_000, 1);
    expect(await sweep(1_826, 2)).toBe(2);
    expect(await sweep(1_826, 2)).toBe(1);
    expect(await sweep(1_826, 2)).toBe(0);
    await chainEvents(test.database);
    expect(await verifyTrail(test, SYSTEM)).toMatchObject({
      ok: true,
      removed_through: "3",
      events: 4,
      head: { seq: "7" },
    });
    const told = await test.database.auditEvent.findMany({
      where: { action: "audit.removed" },
      orderBy: { id: "asc" },
    });
    expect(told.map(({ details }) => details)).toMatchObject([{ removed: 2 }, { removed: 1 }]);
  });

  it("stops before the first row that is young, whatever follows it", async () => {
    await writeOld(2_000, 10, 2_001);
    expect(await sweep(1_826)).toBe(1);
  });

  it("never takes what is younger than a year or not chained yet, whatever it is asked for", async () => {
    await writeOld(300);
    expect(await removeEventsBefore(test.database, new Date(), 100)).toBe(0);
    await test.database.$executeRaw`INSERT INTO "audit_events" ("id", "at", "actor", "action")
      VALUES ('019ab000-0000-7000-8000-000000000001', now() - interval '9 years', 'visitor', 'sign-in.refused')`;
    expect(await removeEventsBefore(test.database, new Date(), 100)).toBe(0);
  });

  it("an event of a stretch that is gone shows when it is put back", async () => {
    await writeOld(2_000, 1);
    const [first] = await test.database.auditEvent.findMany({ orderBy: { id: "asc" } });
    await sweep(1_826);
    await chainEvents(test.database);
    if (!first) throw new Error("there is no event");
    await test.database.$transaction([
      test.database.$executeRaw`SET LOCAL session_replication_role = replica`,
      test.database.auditEvent.create({ data: { ...first, details: {} } }),
    ]);
    expect(await verifyTrail(test, SYSTEM)).toMatchObject({ ok: false, broken: { reason: "inserted" } });
  });
});
