import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sendNotification } from "../send-notification";
import { createFixture, type Fixture, message, person } from "../testing/fixture";
import { explain, insertManySent, listFilters, sentAtOf } from "../testing/many-sent";
import { getSent } from "./get-sent";
import { listSent } from "./list-sent";
import { countFailedDeliveries, retryAllSent, retrySent } from "./retry-sent";
import { findDeadDeliveries, readSent } from "./sent.repository";
import { listSentChoices } from "./sent-choices";
import type { SentFilter } from "./sent-filter";

const admin = person(1, { role: "administrateur", clientId: "administration" });

describe("the list of sent notifications", () => {
  let fixture: Fixture;
  const ids: string[] = [];
  beforeAll(async () => {
    fixture = await createFixture();
    for (let number = 0; number < 7; number++) {
      const input = {
        ...message,
        user_id: 1 + (number % 2),
        type: number < 3 ? "premier" : "second",
        titre: `n° ${number}`,
      };
      ids.unshift((await sendNotification(fixture.deps, person(2), input)).notification.id);
    }
  });
  afterAll(() => fixture.test.drop());

  const setState = (id: string | undefined, channel: string, state: string, error: string | null = null) =>
    fixture.deps.database.outbox.updateMany({
      where: { notificationId: id ?? "", channel },
      data: { state, attempts: 3, lastError: error },
    });

  it("is refused to everyone but administrators in Administration", async () => {
    const { deps } = fixture;
    const refusedActors = [
      person(1),
      person(1, { role: "administrateur" }),
      { kind: "client", clientId: "erp", scopes: [] } as const,
    ];
    for (const actor of refusedActors) {
      for (const ask of [
        () => listSent(deps, actor),
        () => getSent(deps, actor, ids[0] ?? ""),
        () => listSentChoices(deps, actor),
        () => countFailedDeliveries(deps, actor),
        () => retrySent(deps, actor, ids[0] ?? ""),
        () => retryAllSent(deps, actor),
      ]) {
        await expect(ask()).rejects.toMatchObject({ code: "FORBIDDEN" });
      }
    }
  });

  it("pages forwards and backwards without a gap or a repeated row", async () => {
    const ask = async (input: object) => {
      const { items, newer, older } = await listSent(fixture.deps, admin, { limit: 3, ...input });
      return { seen: items.map(({ id }) => id), newer, older };
    };
    const first = await ask({});
    expect(first).toEqual({ seen: ids.slice(0, 3), newer: null, older: ids[2] });
    const second = await ask({ before: first.older });
    expect(second).toEqual({ seen: ids.slice(3, 6), newer: ids[3], older: ids[5] });
    expect(await ask({ before: second.older })).toEqual({ seen: ids.slice(6), newer: ids[6], older: null });
    expect(await ask({ after: second.newer })).toEqual({ seen: ids.slice(0, 3), newer: null, older: ids[2] });
    await expect(listSent(fixture.deps, admin, { before: "x" })).rejects.toMatchObject({ code: "VALIDATION_ERROR" });
  });

  it("shows each channel's state, attempts and last error, and retries dead deliveries alone", async () => {
    const { deps, enqueued } = fixture;
    await fixture.deps.database.outbox.updateMany({ data: { state: "sent", attempts: 1 } });
    await setState(ids[1], "email", "dead", "Error: no such mailbox");
    await setState(ids[4], "email", "dead");
    await setState(ids[4], "broadcast", "pending");
    expect((await listSent(deps, admin, { state: "failed" })).items.map(({ id }) => id)).toEqual([ids[1], ids[4]]);
    expect((await listSent(deps, admin, { state: "pending" })).items.map(({ id }) => id)).toEqual([ids[4]]);
    expect((await listSent(deps, admin, { state: "delivered", type: "premier" })).items).toHaveLength(2);
    expect(await getSent(deps, admin, ids[1] ?? "")).toMatchObject({
      state: "failed",
      message: message.message,
      deliveries: [
        { channel: "email", state: "dead", attempts: 3, last_error: "Error: no such mailbox" },
        { channel: "broadcast", state: "sent" },
      ],
    });
    expect((await getSent(deps, admin, ids[4] ?? "")).deliveries[1]).toMatchObject({ state: "retrying", attempts: 3 });
    expect(await listSentChoices(deps, admin)).toEqual({ sources: ["commercial"], types: ["premier", "second"] });

    enqueued.length = 0;
    expect(await countFailedDeliveries(deps, admin, { type: "premier" })).toBe(1);
    expect(await retryAllSent(deps, admin, { type: "premier" })).toEqual({ retried: 1, left: false });
    expect(enqueued).toHaveLength(1);
    expect(await retrySent(deps, admin, ids[1] ?? "")).toBe(1);
    expect(await retrySent(deps, admin, ids[1] ?? "")).toBe(0);
    expect(await countFailedDeliveries(deps, admin)).toBe(0);
    await expect(retrySent(deps, admin, "0199a000-0000-7000-8000-000000000000")).rejects.toMatchObject({
      code: "NOTIFICATION_NOT_FOUND",
    });
  });
});

it("leaves the canary's notifications out unless the filter names their source", async () => {
  const fixture = await createFixture();
  const canary = { kind: "client", clientId: "canary", scopes: ["notifications:send"] } as const;
  const theirs = (await sendNotification(fixture.deps, canary, message)).notification.id;
  const ours = (await sendNotification(fixture.deps, person(2), message)).notification.id;
  const shown = async (input = {}) => (await listSent(fixture.deps, admin, input)).items.map(({ id }) => id);
  expect(await shown()).toEqual([ours]);
  expect(await shown({ type: message.type })).toEqual([ours]);
  expect(await shown({ source: "canary" })).toEqual([theirs]);
  await fixture.test.drop();
});

describe("with a large table", () => {
  const ROW_COUNT = 30_000;
  const PAGE_SIZE = 26;
  // One value is enough of those that PostgreSQL plans alike.
  const filters = listFilters(ROW_COUNT).filter(
    ({ source, type }) => source !== "commercial" && type !== "information" && type !== "rare",
  );
  let fixture: Fixture;
  let all: { id: string; seq: bigint; source: string; type: string; userId: number; states: string[] }[];
  beforeAll(async () => {
    fixture = await createFixture();
    await insertManySent(fixture.deps.database, ROW_COUNT);
    all = await fixture.deps.database.$queryRaw`
      SELECT n.id, n.seq, n.source, n.type, n.user_id AS "userId", array_remove(array_agg(o.state), NULL) AS states
      FROM notifications n LEFT JOIN outbox o ON o.notification_id = n.id GROUP BY n.id ORDER BY n.id DESC`;
  });
  afterAll(() => fixture.test.drop());

  function passes(row: (typeof all)[number], { source, type, user_id, state, from, to }: SentFilter): boolean {
    const at = sentAtOf(Number(row.seq));
    const stateOf = row.states.includes("dead") ? "failed" : row.states.includes("pending") ? "pending" : "delivered";
    return (
      (source ?? row.source) === row.source &&
      (type ?? row.type) === row.type &&
      (user_id ?? row.userId) === row.userId &&
      (state ?? stateOf) === stateOf &&
      (!from || at >= from) &&
      (!to || at < to)
    );
  }

  it("every filter returns the right rows and reads by index", async () => {
    const middle = all[ROW_COUNT / 2]?.id;
    for (const filter of filters) {
      const wanted = all.filter((row) => passes(row, filter)).map(({ id }) => id);
      const read = (position: object) => readSent(fixture.deps.database, filter, position, PAGE_SIZE);
      expect(
        (await read({})).map(({ id }) => id),
        JSON.stringify(filter),
      ).toEqual(wanted.slice(0, PAGE_SIZE));
      const newer = (await read({ after: middle })).map(({ id }) => id);
      expect(newer).toEqual(wanted.filter((id) => middle !== undefined && id > middle).slice(-PAGE_SIZE));
      if (filter.state === "failed") {
        const older = (await read({ before: middle })).map(({ id }) => id);
        expect(older).toEqual(wanted.filter((id) => middle !== undefined && id < middle).slice(0, PAGE_SIZE));
        const dead = await findDeadDeliveries(fixture.deps.database, filter, 1_001);
        expect(dead).toHaveLength(wanted.length);
      }
    }
  });

  it.each(["custom", "generic"] as const)("no filter reads a whole table: %s plans", async (mode) => {
    for (const filter of filters) {
      const plan = await explain(fixture.deps.database, (database) => readSent(database, filter, {}, PAGE_SIZE), mode);
      const told = `${JSON.stringify(filter)}: ${JSON.stringify(plan)}`;
      expect(plan.scans.join(), told).not.toMatch(/Seq Scan on (notifications|outbox)/);
      // At worst a backlog's rows (1,000), each looked up, and the rows of one person.
      expect(plan.rowsRead, told).toBeLessThan(5_000);
    }
  });
});
