import { randomUUID } from "node:crypto";
import { createDatabase, type Database } from "@mgs/db/client";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { MAX_ATTEMPTS } from "./backoff";
import { claim, createClaim, due, fail, finish, insertOutbox, renew, retryDead } from "./outbox.repository";
import { purgeSent } from "./purge-sent.repository";
import { SENT_RETENTION_SECONDS } from "./retention";
import { clientTold, sessionEnded } from "./testing/outbox-kinds";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(() => test.database.outbox.deleteMany());

const LEASE = 60_000;

async function insertOne(): Promise<string> {
  const [ref] = await insertOutbox(test.database, [
    sessionEnded.row({ payload: { user_session_id: "s", reason: "logout" }, requestId: "r1" }),
  ]);
  if (!ref) throw new Error("no row was written");
  return ref.id;
}
/** The database's clock, in milliseconds. */
async function databaseTime(): Promise<number> {
  const [row] = await test.database.$queryRaw<{ now: Date }[]>`SELECT date_trunc('milliseconds', now()) AS now`;
  return row?.now.getTime() ?? Number.NaN;
}
const rowOf = (id: string) => test.database.outbox.findUniqueOrThrow({ where: { id } });
/** Moves a row's time, as the clock would. */
const passTime = (id: string, seconds: number) =>
  test.database.$executeRaw`
    UPDATE "outbox" SET "available_at" = "available_at" - ${seconds} * interval '1 second',
      "finished_at" = "finished_at" - ${seconds} * interval '1 second' WHERE "id" = ${id}::uuid`;

describe("the outbox", () => {
  it("writes rows in order, each with its kind's queue", async () => {
    const refs = await insertOutbox(test.database, [
      clientTold.row({ payload: { client_id: "c", sub: "1", sid: "s" } }),
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

  it("disappears with the transaction that wrote it", async () => {
    const failing = test.database.$transaction(async (tx) => {
      await insertOutbox(tx, [sessionEnded.row({ payload: { user_session_id: "s", reason: "x" } })]);
      throw new Error("rolled back");
    });
    await expect(failing).rejects.toThrow("rolled back");
    expect(await test.database.outbox.count()).toBe(0);
  });

  it("gives a row to one of fifty", async () => {
    const id = await insertOne();
    const claims = await Promise.all(Array.from({ length: 50 }, () => claim(test.database, id, LEASE)));
    const won = claims.filter((row) => row !== null);
    expect(won).toHaveLength(1);
    expect(won[0]).toMatchObject({ id, kind: "session.ended", attempts: 1, requestId: "r1" });
  });

  it("gives each of many rows to one of two workers that ask for all of them at once", async () => {
    const ids = await Promise.all(Array.from({ length: 200 }, insertOne));
    const other = createDatabase(test.url);
    const ask = (database: Database, wanted: string[]) => Promise.all(wanted.map((id) => claim(database, id, LEASE)));
    const taken = await Promise.all([ask(test.database, ids), ask(other, ids.toReversed())]);
    await other.$disconnect();
    const won = taken.flat().filter((row) => row !== null);
    expect(won.map(({ id }) => id).sort()).toEqual(ids.toSorted());
    expect(won.every(({ attempts }) => attempts === 1)).toBe(true);
  });

  it("decides on each row of a batch by itself: due, leased, expired, paused, gone, asked for twice", async () => {
    const [fresh, leased, expired, twice] = await Promise.all([insertOne(), insertOne(), insertOne(), insertOne()]);
    const [paused] = await insertOutbox(test.database, [
      clientTold.row({ payload: { client_id: "c", sub: "1", sid: "s" } }),
    ]);
    await test.database.queuePause.create({ data: { queue: "default", pausedBy: "test" } });
    await Promise.all([claim(test.database, leased, LEASE), claim(test.database, expired, LEASE)]);
    await passTime(expired, LEASE / 1_000 + 1);
    const asked = [fresh, leased, expired, paused?.id ?? "", randomUUID(), twice, twice];
    const rows = await Promise.all(asked.map((id) => claim(test.database, id, LEASE)));
    expect(rows.map((row) => row?.attempts ?? null)).toEqual([1, null, 2, null, null, 1, null]);
    await test.database.queuePause.deleteMany();
    expect(await claim(test.database, paused?.id ?? "", LEASE)).toMatchObject({ attempts: 1 });
  });

  it("waits for no row that somebody holds, and takes the others", async () => {
    const [held, free] = await Promise.all([insertOne(), insertOne()]);
    await test.database.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT FROM "outbox" WHERE "id" = ${held}::uuid FOR UPDATE`;
      const rows = await Promise.all([held, free].map((id) => claim(test.database, id, LEASE)));
      expect(rows.map((row) => row?.id ?? null)).toEqual([null, free]);
    });
    await passTime(held, 3);
    expect(await due(test.database, 10)).toEqual([{ id: held, queue: "broadcasts", attempts: 0 }]);
    expect(await claim(test.database, held, LEASE)).toMatchObject({ attempts: 1 });
  });

  it("keeps what is wrong with one row of a batch from the others", async () => {
    const ids = await Promise.all(Array.from({ length: 5 }, insertOne));
    const asked = [...ids.slice(0, 3), "no uuid", ...ids.slice(3)];
    const claims = await Promise.allSettled(asked.map((id) => claim(test.database, id, LEASE)));
    expect(claims.map(({ status }) => status).filter((status) => status === "rejected")).toHaveLength(1);
    expect(claims[3]?.status).toBe("rejected");
    const ends = await Promise.allSettled(asked.map((id) => finish(test.database, id, 1)));
    expect(ends.map((end) => end.status === "fulfilled" && end.value)).toEqual([true, true, true, false, true, true]);
    expect(await test.database.outbox.count({ where: { state: "sent" } })).toBe(5);
  });

  it("ends in one batch only what is still the attempt's own", async () => {
    const [mine, lost] = await Promise.all([insertOne(), insertOne()]);
    await Promise.all([claim(test.database, mine, LEASE), claim(test.database, lost, LEASE)]);
    await passTime(lost, LEASE / 1_000 + 1);
    await claim(test.database, lost, LEASE);
    const first = finish(test.database, randomUUID(), 1);
    const ends = [finish(test.database, mine, 1), finish(test.database, lost, 1), finish(test.database, lost, 2)];
    expect(await Promise.all([first, ...ends])).toEqual([false, true, false, true]);
  });

  it("gives an expired lease to another, and fences the first one off", async () => {
    const id = await insertOne();
    await claim(test.database, id, LEASE);
    expect(await claim(test.database, id, LEASE)).toBeNull();
    await passTime(id, LEASE / 1_000 + 1);
    expect(await due(test.database, 10)).toEqual([{ id, queue: "broadcasts", attempts: 1 }]);
    expect(await claim(test.database, id, LEASE)).toMatchObject({ attempts: 2 });
    expect(await renew(test.database, id, 1, LEASE)).toBe(false);
    expect(await finish(test.database, id, 1)).toBe(false);
    expect(await fail(test.database, id, 1, new Error("late"))).toBeNull();
    expect(await finish(test.database, id, 2)).toBe(true);
    expect(await finish(test.database, id, 2)).toBe(false);
    expect(await claim(test.database, id, LEASE)).toBeNull();
    expect(await rowOf(id)).toMatchObject({ state: "sent", leaseUntil: null });
  });

  it("waits for the disk with what must not come twice, and only with that", async () => {
    const [toast] = await insertOutbox(test.database, [
      sessionEnded.row({ payload: { user_session_id: "s", reason: "logout" } }),
    ]);
    const [logout] = await insertOutbox(test.database, [
      clientTold.row({ payload: { client_id: "c", sub: "1", sid: "s" } }),
    ]);
    // What is in force when a transaction commits: the server of the tests itself waits for no disk.
    await test.database.$executeRaw`CREATE TABLE paces (queue text, state text, pace text)`;
    await test.database.$executeRawUnsafe(`CREATE FUNCTION note_pace() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN INSERT INTO paces VALUES (NEW.queue, NEW.state, current_setting(''synchronous_commit'')); RETURN NULL; END'`);
    await test.database.$executeRaw`CREATE CONSTRAINT TRIGGER note_pace AFTER UPDATE ON outbox
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION note_pace()`;
    const patient = createDatabase(`${test.url}?options=${encodeURIComponent("-c synchronous_commit=on")}`, 1);
    try {
      for (const id of [toast?.id ?? "", logout?.id ?? ""]) {
        await claim(patient, id, LEASE);
        await finish(patient, id, 1);
      }
      expect(await test.database.$queryRaw`SELECT * FROM paces`).toEqual([
        { queue: "broadcasts", state: "leased", pace: "off" },
        { queue: "broadcasts", state: "sent", pace: "off" },
        { queue: "default", state: "leased", pace: "on" },
        { queue: "default", state: "sent", pace: "on" },
      ]);
      // In one batch with what has to wait, all of it waits; where its queue is told, it goes by itself.
      await test.database.$executeRaw`
        UPDATE outbox SET state = 'pending', attempts = 0, available_at = now() - interval '1 second'`;
      await test.database.$executeRaw`TRUNCATE paces`;
      const claimOf = createClaim();
      const queued = { id: await insertOne(), leaseMs: LEASE, queue: "broadcasts" } as const;
      const unknown = [randomUUID(), toast?.id ?? "", logout?.id ?? ""].map((id) => ({ id, leaseMs: LEASE }));
      await Promise.all([...unknown, queued].map((asked) => claimOf(patient, asked)));
      expect(await test.database.$queryRaw`SELECT * FROM paces ORDER BY pace, queue`).toEqual([
        { queue: "broadcasts", state: "leased", pace: "off" },
        { queue: "broadcasts", state: "leased", pace: "on" },
        { queue: "default", state: "leased", pace: "on" },
      ]);
    } finally {
      await patient.$disconnect();
      await test.database.$executeRaw`DROP TRIGGER note_pace ON outbox`;
      await test.database.$executeRaw`DROP FUNCTION note_pace`;
      await test.database.$executeRaw`DROP TABLE paces`;
    }
  });

  it("prolongs a lease that is still held", async () => {
    const id = await insertOne();
    await claim(test.database, id, 1_000);
    const before = await rowOf(id);
    expect(await renew(test.database, id, 1, LEASE)).toBe(true);
    const after = await rowOf(id);
    expect(after.availableAt.getTime() - before.availableAt.getTime()).toBeGreaterThan(50_000);
    expect(after.leaseUntil).toEqual(after.availableAt);
  });

  it("gives a failed row back with back-off, and buries it after the eighth attempt", async () => {
    const id = await insertOne();
    for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
      await claim(test.database, id, LEASE);
      const before = await databaseTime();
      const outcome = await fail(test.database, id, attempt, new Error(`no ${attempt}`));
      if (outcome?.state !== "pending") throw new Error("expected another attempt");
      const ceiling = 2_000 * 3 ** (attempt - 1);
      expect(outcome.delay).toBeGreaterThanOrEqual(ceiling / 2);
      expect(outcome.delay).toBeLessThanOrEqual(ceiling);
      // Not by a claim that is refused: the first second may have passed before it is asked.
      expect((await rowOf(id)).availableAt.getTime()).toBeGreaterThanOrEqual(before + Math.floor(outcome.delay));
      if (outcome.delay > LEASE) expect(await claim(test.database, id, LEASE)).toBeNull();
      await passTime(id, outcome.delay / 1_000);
    }
    await claim(test.database, id, LEASE);
    expect(await fail(test.database, id, MAX_ATTEMPTS, new Error("no 8"))).toEqual({ state: "dead" });
    await passTime(id, 3_600);
    expect(await claim(test.database, id, LEASE)).toBeNull();
    expect(await due(test.database, 10)).toEqual([]);
    expect(await rowOf(id)).toMatchObject({ state: "dead", attempts: MAX_ATTEMPTS, lastError: "Error: no 8" });

    expect(await retryDead(test.database, { id })).toEqual([{ id, queue: "broadcasts" }]);
    expect(await claim(test.database, id, LEASE)).toMatchObject({ attempts: 1 });
  });

  it("buries a permanent refusal at once, and waits as long as it is asked to", async () => {
    const [refused, limited] = [await insertOne(), await insertOne()];
    await claim(test.database, refused, LEASE);
    expect(await fail(test.database, refused, 1, "no", { permanent: true })).toEqual({ state: "dead" });
    await claim(test.database, limited, LEASE);
    expect(await fail(test.database, limited, 1, "wait", { notBefore: 90_000 })).toEqual({
      state: "pending",
      delay: 90_000,
    });
    expect(await retryDead(test.database, "all")).toHaveLength(1);
  });

  it("keeps no secret and no novel of an error", async () => {
    const id = await insertOne();
    await claim(test.database, id, LEASE);
    const message = `smtp://user:pa55@mail/ Authorization: Bearer abc.def \u0000 ${"😀".repeat(600)}`;
    await fail(test.database, id, 1, new Error(message));
    const { lastError } = await rowOf(id);
    expect(lastError).toContain("smtp://[hidden]@mail/");
    expect(lastError).not.toMatch(/pa55|abc\.def/);
    expect(lastError?.length).toBeLessThanOrEqual(500);
  });

  it("leaves fresh rows to their enqueuer", async () => {
    // In one transaction the database's clock stands still.
    const id = await test.database.$transaction(async (tx) => {
      const [ref] = await insertOutbox(tx, [sessionEnded.row({ payload: { user_session_id: "s", reason: "logout" } })]);
      expect(await due(tx, 10)).toEqual([]);
      return ref?.id ?? "";
    });
    await passTime(id, 3);
    expect(await due(test.database, 10)).toEqual([{ id, queue: "broadcasts", attempts: 0 }]);
    expect(await due(test.database, 0)).toEqual([]);
  });

  it("purges what was sent a day ago, in batches", async () => {
    const ids = [await insertOne(), await insertOne(), await insertOne()];
    for (const id of ids) {
      await claim(test.database, id, LEASE);
      await finish(test.database, id, 1);
    }
    for (const id of ids.slice(0, 2)) await passTime(id, 25 * 3_600);
    expect(await purgeSent(test.database, SENT_RETENTION_SECONDS, 1)).toBe(1);
    expect(await purgeSent(test.database, SENT_RETENTION_SECONDS, 10)).toBe(1);
    expect(await test.database.outbox.count()).toBe(1);
  });

  it("finds what it claims and ends by key, also by a plan that was made while nothing was due", async () => {
    const database = createDatabase(test.url, 1);
    await claim(database, randomUUID(), LEASE);
    await finish(database, randomUUID(), 1);
    await database.$executeRaw`SET plan_cache_mode = force_generic_plan`;
    for (const name of ["claim-outbox-rows", "finish-outbox-rows"]) {
      const plan = await database.$queryRawUnsafe<{ "QUERY PLAN": string }[]>(
        `EXPLAIN EXECUTE "${name}" ('{${randomUUID()}}', '{1}')`,
      );
      expect(plan.map((line) => line["QUERY PLAN"]).join("\n")).not.toContain("outbox_queue_due");
    }
    await database.$disconnect();
  });

  it("finds due rows by index among many that are done", async () => {
    await test.database.$executeRaw`
      INSERT INTO "outbox" ("id", "queue", "kind", "payload", "state", "finished_at")
      SELECT gen_random_uuid(), 'default', 'session.ended', '{}', 'sent', now() FROM generate_series(1, 20000)`;
    await insertOne();
    await test.database.$executeRaw`ANALYZE "outbox"`;
    // A test may not see `due`'s own text, so this is the part of it that runs for each queue.
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
