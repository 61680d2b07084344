import type { Actor } from "@mgs/core/actor";
import { createDatabase } from "@mgs/db/client";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { audit, auditAll } from "../audit.repository";
import { clearAuditTrail } from "../testing/clear-audit-trail";
import { chainEvents } from "./chain-events";
import { verifyTrail } from "./verify-trail";

const SYSTEM: Actor = { kind: "system", name: "cli" };

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
beforeEach(() => clearAuditTrail(test.database));
afterAll(() => test.drop());

const verify = (expected?: { seq: bigint; hash: string }) => verifyTrail(test, SYSTEM, { expected });
const write = (count: number) =>
  auditAll(
    test.database,
    Array.from({ length: count }, (_, index) => ({
      actor: SYSTEM,
      action: "user.disabled" as const,
      subject: index + 1,
      details: { z: 1, a: { é: [1.5, null, "\u{1f512}"], B: true } },
    })),
  );
/** Runs SQL as somebody who has switched the triggers off, as the tables' owner can. */
const tamper = (sql: string) =>
  test.database.$transaction([
    test.database.$executeRaw`SET LOCAL session_replication_role = replica`,
    test.database.$executeRawUnsafe(sql),
  ]);
const idOf = async (seq: number) =>
  (await test.database.auditChain.findUniqueOrThrow({ where: { seq: BigInt(seq) } })).eventId;

describe("the chain", () => {
  it("takes every event once, in batches, and verifies", async () => {
    await write(25);
    expect(await verify()).toMatchObject({ ok: true, events: 0, waiting: 25, head: { seq: "0" } });
    const head = await chainEvents(test.database, 10);
    expect(await verify()).toEqual({
      ok: true,
      events: 25,
      waiting: 0,
      removed_through: "0",
      head: { seq: "25", hash: head?.hash },
      broken: null,
    });
    expect(await chainEvents(test.database)).toBeNull();
  });

  it("stays whole when several processes write and chain at the same time", async () => {
    const others = [createDatabase(test.url, 3), createDatabase(test.url, 3), createDatabase(test.url, 3)];
    await Promise.all([
      ...Array.from({ length: 40 }, () => write(5)),
      ...others.map(async (database) => {
        for (let round = 0; round < 20; round++) await chainEvents(database, 7);
      }),
    ]);
    await chainEvents(test.database);
    expect(await verify()).toMatchObject({ ok: true, events: 200, waiting: 0, head: { seq: "200" } });
    await Promise.all(others.map((database) => database.$disconnect()));
  });

  it("takes an event whose transaction commits late", async () => {
    const [written, commit] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const late = test.database.$transaction(async (tx) => {
      await audit(tx, { actor: SYSTEM, action: "user.disabled", subject: 1 });
      written.resolve();
      await commit.promise;
    });
    await written.promise;
    await write(3);
    await chainEvents(test.database);
    expect(await verify()).toMatchObject({ ok: true, events: 3 });
    commit.resolve();
    await late;
    await chainEvents(test.database);
    expect(await verify()).toMatchObject({ ok: true, events: 4, waiting: 0 });
  });
});

describe("verification shows", () => {
  beforeEach(async () => {
    await write(12);
    await chainEvents(test.database);
  });

  it.each([
    ["a changed person", `"subject" = '999'`],
    ["a changed time", `"at" = "at" + interval '1 millisecond'`],
    ["changed details", `"details" = '{"a": 2}'`],
    ["a changed address", `"ip" = '203.0.113.9'`],
  ])("%s", async (_, change) => {
    const id = await idOf(5);
    await tamper(`UPDATE "audit_events" SET ${change} WHERE "id" = '${id}'`);
    expect(await verify()).toMatchObject({
      ok: false,
      events: 4,
      broken: { reason: "changed", seq: "5", event_id: id },
    });
  });

  it("a removed event, also when its link was removed with it", async () => {
    const id = await idOf(5);
    await tamper(`DELETE FROM "audit_events" WHERE "id" = '${id}'`);
    expect(await verify()).toMatchObject({ ok: false, broken: { reason: "removed", seq: "5", event_id: id } });
    await tamper(`DELETE FROM "audit_chain" WHERE "seq" = 5`);
    expect(await verify()).toMatchObject({ ok: false, broken: { reason: "removed", seq: "5", event_id: null } });
  });

  it("a stretch at the beginning that no anchor covers", async () => {
    await tamper(`DELETE FROM "audit_events" WHERE "id" IN (SELECT "event_id" FROM "audit_chain" WHERE "seq" <= 3)`);
    await tamper(`DELETE FROM "audit_chain" WHERE "seq" <= 3`);
    expect(await verify()).toMatchObject({ ok: false, broken: { reason: "removed", seq: "1" } });
  });

  it("an event that was put in, or removed before it was chained", async () => {
    const values = `'019ab000-0000-7000-8000-000000000001', 'user:1', 'user.disabled'`;
    await tamper(`INSERT INTO "audit_events" ("id", "actor", "action") VALUES (${values})`);
    expect(await verify()).toMatchObject({ ok: false, broken: { reason: "inserted", seq: null } });
    await clearAuditTrail(test.database);
    await write(1);
    await tamper(`DELETE FROM "audit_events"`);
    expect(await verify()).toMatchObject({ ok: false, broken: { reason: "removed", seq: null } });
  });

  it("an end that was cut off, to whoever has noted a head", async () => {
    const { head } = await verify();
    const expected = { seq: BigInt(head.seq), hash: head.hash };
    expect(await verify(expected)).toMatchObject({ ok: true });
    await tamper(`DELETE FROM "audit_events" WHERE "id" = '${await idOf(12)}'`);
    await tamper(`DELETE FROM "audit_chain" WHERE "seq" = 12`);
    expect(await verify()).toMatchObject({ ok: true });
    expect(await verify(expected)).toMatchObject({ ok: false, broken: { reason: "head", seq: "12" } });
  });
});

it("only administrators and the command line verify", async () => {
  const actor: Actor = { kind: "client", clientId: "erp", scopes: [] };
  await expect(verifyTrail(test, actor)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
