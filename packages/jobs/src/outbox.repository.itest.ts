import { randomUUID } from "node:crypto";
import { createDatabase, type Database } from "@mgs/db/client";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DEFAULT_RETRIES } from "./backoff";
import {
  claimRow,
  createRowClaimer,
  findDueRows,
  insertOutbox,
  markSent,
  recordFailure,
  renewLease,
  retryDeadLetters,
} from "./outbox.repository";
import { purgeSent } from "./purge-sent.repository";
import { SENT_RETENTION_SECONDS } from "./retention";
import { backchannelLogout, sessionEnded } from "./testing/outbox-kinds";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(() => test.database.outbox.deleteMany());

const LEASE_MS = 60_000;

async function insertOne(): Promise<string> {
  const [ref] = await insertOutbox(test.database, [
    sessionEnded.row({ payload: { user_session_id: "s", reason: "logout" }, requestId: "r1" }),
  ]);
  if (!ref) throw new Error("no row was written");
  return ref.id;
}
/** Reads the database's clock, in milliseconds. */
async function databaseTime(): Promise<number> {
  const [row] = await test.database.$queryRaw<{ now: Date }[]>`SELECT date_trunc('milliseconds', now()) AS now`;
  return row?.now.getTime() ?? Number.NaN;
}
const rowOf = (id: string) => test.database.outbox.findUniqueOrThrow({ where: { id } });
/** Moves a row's `available_at`, as time that passes would. */
const passTime = (id: string, seconds: number) =>
  test.database.$executeRaw`
    UPDATE "outbox" SET "available_at" = "available_at" - ${seconds} * interval '1 second',
      "finished_at" = "finished_at" - ${seconds} * interval '1 second' WHERE "id" = ${id}::uuid`;

describe("the outbox", () => {
  it("inserts rows in order, each in its kind's queue", async () => {
    const refs = await insertOutbox(test.database, [
      backchannelLogout.row({ payload: { client_id: "c", sub: "1", sid: "s" } }),
      sessionEnded.row({ payload: { user_session_id: "s", reason: "logout" } }),
    ]);
    expect(refs.map(({ queue }) => queue)).toEqual(["default", "broadcasts"]);
    expect(await insertOutbox(test.database, [])).toEqual([]);
    expect(await rowOf(refs[0]?.id ?? "")).toMatchObject({
      state: "pending",
      attempts: 0,
      payload: { client_id: "c" },
    });
  });

  it("loses a row when the transaction that wrote it is rolled back", async () => {
    const failing = test.database.$transaction(async (tx) => {
      await insertOutbox(tx, [sessionEnded.row({ payload: { user_session_id: "s", reason: "x" } })]);
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");
    expect(await test.database.outbox.count()).toBe(0);
  });

  it("lets one of fifty concurrent claims have a row", async () => {
    const id = await insertOne();
    const claims = await Promise.all(Array.from({ length: 50 }, () => claimRow(test.database, id, LEASE_MS)));
    const won = claims.filter((row) => row !== null);
    expect(won).toHaveLength(1);
    expect(won[0]).toMatchObject({ id, kind: "session.ended", attempts: 1, requestId: "r1" });
  });

  it("lets one of two workers have each row when both claim all of them at once", async () => {
    const ids = await Promise.all(Array.from({ length: 200 }, insertOne));
    const other = createDatabase(test.url);
    const ask = (database: Database, wanted: string[]) =>
      Promise.all(wanted.map((id) => claimRow(database, id, LEASE_MS)));
    const taken = await Promise.all([ask(test.database, ids), ask(other, ids.toReversed())]);
    await other.$disconnect();
    const won = taken.flat().filter((row) => row !== null);
    expect(won.map(({ id }) => id).sort()).toEqual(ids.toSorted());
    expect(won.every(({ attempts }) => attempts === 1)).toBe(true);
  });

  it("decides on each row of a batch of claims: due, leased, expired, paused, deleted, claimed twice", async () => {
    const [fresh, leased, expired, twice] = await Promise.all([insertOne(), insertOne(), insertOne(), insertOne()]);
    const [paused] = await insertOutbox(test.database, [
      backchannelLogout.row({ payload: { client_id: "c", sub: "1", sid: "s" } }),
    ]);
    await test.database.queuePause.create({ data: { queue: "default", pausedBy: "test" } });
    await Promise.all([claimRow(test.database, leased, LEASE_MS), claimRow(test.database, expired, LEASE_MS)]);
    await passTime(expired, LEASE_MS / 1_000 + 1);
    const asked = [fresh, leased, expired, paused?.id ?? "", randomUUID(), twice, twice];
    const rows = await Promise.all(asked.map((id) => claimRow(test.database, id, LEASE_MS)));
    expect(rows.map((row) => row?.attempts ?? null)).toEqual([1, null, 2, null, null, 1, null]);
    await test.database.queuePause.deleteMany();
    expect(await claimRow(test.database, paused?.id ?? "", LEASE_MS)).toMatchObject({ attempts: 1 });
  });

  it("skips rows that another transaction has locked, and claims the others", async () => {
    const [held, free] = await Promise.all([insertOne(), insertOne()]);
    await test.database.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM "outbox" WHERE "id" = ${held}::uuid FOR UPDATE`;
      const rows = await Promise.all([held, free].map((id) => claimRow(test.database, id, LEASE_MS)));
      expect(rows.map((row) => row?.id ?? null)).toEqual([null, free]);
    });
    await passTime(held, 3);
    expect(await findDueRows(test.database, 10)).toEqual([{ id: held, queue: "broadcasts", attempts: 0 }]);
    expect(await claimRow(test.database, held, LEASE_MS)).toMatchObject({ attempts: 1 });
  });

  it("isolates a claim that fails from the others of its batch", async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, insertOne));
    const asked = [...ids.slice(0, 3), "no uuid", ...ids.slice(3)];
    const claims = await Promise.allSettled(asked.map((id) => claimRow(test.database, id, LEASE_MS)));
    expect(claims.map(({ status }) => status).filter((status) => status === "rejected")).toHaveLength(1);
    expect(claims[3]?.status).toBe("rejected");
    const ends = await Promise.allSettled(asked.map((id) => markSent(test.database, id, 1)));
    expect(ends.map((end) => end.status === "fulfilled" && end.value)).toEqual([true, true, true, false, true, true]);
    expect(await test.database.outbox.count({ where: { state: "sent" } })).toBe(5);
  });

  it("marks a batch of rows as sent, except those that another attempt holds", async () => {
    const [mine, lost] = await Promise.all([insertOne(), insertOne()]);
    await Promise.all([claimRow(test.database, mine, LEASE_MS), claimRow(test.database, lost, LEASE_MS)]);
    await passTime(lost, LEASE_MS / 1_000 + 1);
    await claimRow(test.database, lost, LEASE_MS);
    const first = markSent(test.database, randomUUID(), 1);
    const ends = [markSent(test.database, mine, 1), markSent(test.database, lost, 1), markSent(test.database, lost, 2)];
    expect(await Promise.all([first, ...ends])).toEqual([false, true, false, true]);
  });

  it("lets another worker claim a row whose lease has expired, and fences the first worker off", async () => {
    const id = await insertOne();
    await claimRow(test.database, id, LEASE_MS);
    expect(await claimRow(test.database, id, LEASE_MS)).toBeNull();
    await passTime(id, LEASE_MS / 1_000 + 1);
    expect(await findDueRows(test.database, 10)).toEqual([{ id, queue: "broadcasts", attempts: 1 }]);
    expect(await claimRow(test.database, id, LEASE_MS)).toMatchObject({ attempts: 2 });
    expect(await renewLease(test.database, id, 1, LEASE_MS)).toBe(false);
    expect(await markSent(test.database, id, 1)).toBe(false);
    expect(await recordFailure(test.database, id, 1, new Error("late"))).toBeNull();
    expect(await markSent(test.database, id, 2)).toBe(true);
    expect(await markSent(test.database, id, 2)).toBe(false);
    expect(await claimRow(test.database, id, LEASE_MS)).toBeNull();
    expect(await rowOf(id)).toMatchObject({ state: "sent", leaseUntil: null });
  });

  it("commits with synchronous_commit off for the repeatable queue alone", async () => {
    const [toast] = await insertOutbox(test.database, [
      sessionEnded.row({ payload: { user_session_id: "s", reason: "logout" } }),
    ]);
    const [logout] = await insertOutbox(test.database, [
      backchannelLogout.row({ payload: { client_id: "c", sub: "1", sid: "s" } }),
    ]);
    // A deferred trigger notes the setting that is in force at the commit, since the tests' server never waits for the disk.
    await test.database.$executeRaw`CREATE TABLE durabilities (queue text, state text, durability text)`;
    await test.database.$executeRawUnsafe(`CREATE FUNCTION note_durability() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN INSERT INTO durabilities VALUES (NEW.queue, NEW.state, current_setting(''synchronous_commit'')); RETURN NULL; END'`);
    await test.database.$executeRaw`CREATE CONSTRAINT TRIGGER note_durability AFTER UPDATE ON outbox
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_durability()`;
    const durable = createDatabase(`${test.url}?options=${encodeURIComponent("-c synchronous_commit=on")}`, 1);
    try {
      for (const id of [toast?.id ?? "", logout?.id ?? ""]) {
        await claimRow(durable, id, LEASE_MS);
        await markSent(durable, id, 1);
      }
      expect(await test.database.$queryRaw`SELECT * FROM durabilities`).toEqual([
        { queue: "broadcasts", state: "leased", durability: "off" },
        { queue: "broadcasts", state: "sent", durability: "off" },
        { queue: "default", state: "leased", durability: "on" },
        { queue: "default", state: "sent", durability: "on" },
      ]);
      // In one batch with durable rows all rows are durable; a claim that names its queue has a batch of its own.
      await test.database.$executeRaw`
        UPDATE outbox SET state = 'pending', attempts = 0, available_at = now() - interval '1 second'`;
      await test.database.$executeRaw`TRUNCATE durabilities`;
      const claim = createRowClaimer();
      const queued = { id: await insertOne(), leaseMs: LEASE_MS, queue: "broadcasts" } as const;
      const unknown = [randomUUID(), toast?.id ?? "", logout?.id ?? ""].map((id) => ({ id, leaseMs: LEASE_MS }));
      await Promise.all([...unknown, queued].map((asked) => claim(durable, asked)));
      expect(await test.database.$queryRaw`SELECT * FROM durabilities ORDER BY durability, queue`).toEqual([
        { queue: "broadcasts", state: "leased", durability: "off" },
        { queue: "broadcasts", state: "leased", durability: "on" },
        { queue: "default", state: "leased", durability: "on" },
      ]);
    } finally {
      await durable.$disconnect();
      await test.database.$executeRaw`DROP TRIGGER note_durability ON outbox`;
      await test.database.$executeRaw`DROP FUNCTION note_durability`;
      await test.database.$executeRaw`DROP TABLE durabilities`;
    }
  });

  it("renews a lease that is still held", async () => {
    const id = await insertOne();
    await claimRow(test.database, id, 1_000);
    const before = await rowOf(id);
    expect(await renewLease(test.database, id, 1, LEASE_MS)).toBe(true);
    const after = await rowOf(id);
    expect(after.availableAt.getTime() - before.availableAt.getTime()).toBeGreaterThan(50_000);
    expect(after.leaseUntil).toEqual(after.availableAt);
  });

  it("makes a failed row pending with a back-off, and a dead letter after the eighth attempt", async () => {
    const id = await insertOne();
    for (let attempt = 1; attempt < DEFAULT_RETRIES.maxAttempts; attempt++) {
      await claimRow(test.database, id, LEASE_MS);
      const before = await databaseTime();
      const outcome = await recordFailure(test.database, id, attempt, new Error(`no ${attempt}`));
      if (outcome?.state !== "pending") throw new Error("expected another attempt");
      const ceiling = 2_000 * 3 ** (attempt - 1);
      expect(outcome.delayMs).toBeGreaterThanOrEqual(ceiling / 2);
      expect(outcome.delayMs).toBeLessThanOrEqual(ceiling);
      // A claim that is refused would prove nothing, since a second may have passed before it runs.
      expect((await rowOf(id)).availableAt.getTime()).toBeGreaterThanOrEqual(before + Math.floor(outcome.delayMs));
      if (outcome.delayMs > LEASE_MS) expect(await claimRow(test.database, id, LEASE_MS)).toBeNull();
      await passTime(id, outcome.delayMs / 1_000);
    }
    await claimRow(test.database, id, LEASE_MS);
    expect(await recordFailure(test.database, id, DEFAULT_RETRIES.maxAttempts, new Error("no 8"))).toEqual({
      state: "dead",
    });
    await passTime(id, 3_600);
    expect(await claimRow(test.database, id, LEASE_MS)).toBeNull();
    expect(await findDueRows(test.database, 10)).toEqual([]);
    expect(await rowOf(id)).toMatchObject({
      state: "dead",
      attempts: DEFAULT_RETRIES.maxAttempts,
      lastError: "Error: no 8",
    });

    expect(await retryDeadLetters(test.database, { id })).toEqual([{ id, queue: "broadcasts" }]);
    expect(await claimRow(test.database, id, LEASE_MS)).toMatchObject({ attempts: 1 });
  });

  it("makes a permanent failure a dead letter at once, and delays a retry by the time it is given", async () => {
    const [refused, limited] = [await insertOne(), await insertOne()];
    await claimRow(test.database, refused, LEASE_MS);
    expect(await recordFailure(test.database, refused, 1, "no", { permanent: true })).toEqual({ state: "dead" });
    await claimRow(test.database, limited, LEASE_MS);
    expect(await recordFailure(test.database, limited, 1, "wait", { minDelayMs: 90_000 })).toEqual({
      state: "pending",
      delayMs: 90_000,
    });
    expect(await retryDeadLetters(test.database, "all")).toHaveLength(1);
  });

  it("masks secrets in last_error, and cuts it", async () => {
    const id = await insertOne();
    await claimRow(test.database, id, LEASE_MS);
    const message = `smtp://user:pa55@mail/ Authorization: Bearer abc.def \u0000 ${"😀".repeat(600)}`;
    await recordFailure(test.database, id, 1, new Error(message));
    const { lastError } = await rowOf(id);
    expect(lastError).toContain("smtp://[hidden]@mail/");
    expect(lastError).not.toMatch(/pa55|abc\.def/);
    expect(lastError?.length).toBeLessThanOrEqual(500);
  });

  it("finds no pending row younger than two seconds due for the sweep", async () => {
    // Within one transaction now() does not change.
    const id = await test.database.$transaction(async (tx) => {
      const [ref] = await insertOutbox(tx, [sessionEnded.row({ payload: { user_session_id: "s", reason: "logout" } })]);
      expect(await findDueRows(tx, 10)).toEqual([]);
      return ref?.id ?? "";
    });
    await passTime(id, 3);
    expect(await findDueRows(test.database, 10)).toEqual([{ id, queue: "broadcasts", attempts: 0 }]);
    expect(await findDueRows(test.database, 0)).toEqual([]);
  });

  it("purges rows that were sent a day ago, in batches", async () => {
    const ids = [await insertOne(), await insertOne(), await insertOne()];
    for (const id of ids) {
      await claimRow(test.database, id, LEASE_MS);
      await markSent(test.database, id, 1);
    }
    for (const id of ids.slice(0, 2)) await passTime(id, 25 * 3_600);
    expect(await purgeSent(test.database, SENT_RETENTION_SECONDS, 1)).toBe(1);
    expect(await purgeSent(test.database, SENT_RETENTION_SECONDS, 10)).toBe(1);
    expect(await test.database.outbox.count()).toBe(1);
  });
});
