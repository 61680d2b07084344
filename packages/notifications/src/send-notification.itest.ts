import { PORTAL_SCOPES } from "@mgs/core/scopes";
import { createRowClaimer } from "@mgs/jobs/outbox.repository";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { purgeIdempotencyKeys } from "./idempotency.repository";
import { listInbox } from "./list-inbox";
import { DELIVERY_READING, toDelivery } from "./notifications.repository";
import { sendNotification } from "./send-notification";
import { createFixture, type Fixture, machine, message, person } from "./testing/fixture";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.test.drop());

const inboxOf = (userId: number) => fixture.deps.database.inbox.findUnique({ where: { userId } });
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => "accepted",
    (error: { code?: string }) => error.code,
  );

describe("a send", () => {
  it("writes one row, one number and two deliveries, and enqueues them", async () => {
    const { deps, enqueued } = fixture;
    const { notification, replayed } = await sendNotification(deps, person(2), message, { requestId: "request-1" });
    expect(replayed).toBe(false);
    expect(notification).toMatchObject({ ...message, href: message.url, source: "commercial" });
    expect(Date.parse(notification.created_at)).toBeGreaterThan(Date.now() - 60_000);
    expect(await inboxOf(1)).toMatchObject({ seq: 1n, unreadCount: 1, floorSeq: 0n });
    const outbox = await deps.database.outbox.findMany({
      where: { notificationId: notification.id },
      orderBy: { channel: "asc" },
    });
    expect(outbox).toMatchObject([
      {
        channel: "broadcast",
        queue: "broadcasts",
        kind: "notification.broadcast",
        state: "pending",
        requestId: "request-1",
        payload: { user_id: 1, seq: 1, unread_count: 1 },
      },
      { channel: "email", queue: "emails", kind: "notification.email", state: "pending", payload: {} },
    ]);
    expect(enqueued.map(({ id }) => id).sort()).toEqual(outbox.map(({ id }) => id).sort());
    expect((await listInbox(deps, person(1))).items).toMatchObject([
      { id: notification.id, sender: { id: 2, name: "Person 2" }, created_at: notification.created_at, seq: 1 },
    ]);
  });

  it("requires the scope notifications:send of a person's token", async () => {
    const scopes = PORTAL_SCOPES.filter((scope) => scope !== "notifications:send");
    expect(await outcome(sendNotification(fixture.deps, person(2, { scopes }), message))).toBe("INSUFFICIENT_SCOPE");
  });

  it("is refused without scope, with invalid values, and to an unknown or disabled recipient; nothing is written", async () => {
    const { deps, enqueued } = fixture;
    const before = [await deps.database.notification.count(), await deps.database.outbox.count(), enqueued.length];
    const send = (actor: Parameters<typeof sendNotification>[1], input: unknown, idempotencyKey?: string) =>
      outcome(sendNotification(deps, actor, input, { idempotencyKey }));
    expect(await send({ ...machine, scopes: [] }, message)).toBe("INSUFFICIENT_SCOPE");
    expect(await send(person(2), { ...message, titre: "" })).toBe("VALIDATION_ERROR");
    expect(await send(person(2), null)).toBe("VALIDATION_ERROR");
    expect(await send(person(2), { ...message, user_id: 999 })).toBe("USER_NOT_FOUND");
    expect(await send(person(2), { ...message, user_id: 4 })).toBe("USER_NOT_FOUND");
    expect(await send(person(2), { ...message, user_id: 4 }, "key-to-nobody")).toBe("USER_NOT_FOUND");
    for (const key of ["", " ", "a b", "é", "k".repeat(256), "a\u0000"])
      expect(await send(person(2), message, key)).toBe("VALIDATION_ERROR");
    expect([await deps.database.notification.count(), await deps.database.outbox.count(), enqueued.length]).toEqual(
      before,
    );
    expect(await deps.database.idempotencyKey.count()).toBe(0);
  });

  it("stores 5,000 four-byte characters unchanged", async () => {
    const text = "😀".repeat(5_000);
    const { notification } = await sendNotification(fixture.deps, machine, { ...message, user_id: 3, message: text });
    const claim = createRowClaimer([DELIVERY_READING]);
    const { id } = await fixture.deps.database.outbox.findFirstOrThrow({ where: { notificationId: notification.id } });
    const row = await claim(fixture.deps.database, { id, leaseMs: 1_000 });
    const delivery = row && toDelivery(notification.id, row);
    expect(delivery?.message).toBe(text);
    expect(delivery).toMatchObject({
      userId: 3,
      seq: 1,
      source: "erp",
      deletedAt: null,
      recipient: { email: "person3@mgs.mg", name: "Person 3", locale: "fr", disabledAt: null },
    });
  });

  it("has administration as its source and no sender when our own system sends it", async () => {
    const { notification } = await sendNotification(
      fixture.deps,
      { kind: "system", name: "cli" },
      { ...message, user_id: 3, url: "/x" },
    );
    expect(notification).toMatchObject({ source: "administration", href: "http://localhost:3000/x" });
    expect((await listInbox(fixture.deps, person(3))).items[0]).toMatchObject({ id: notification.id, sender: null });
  });

  it("gets numbers without gaps and ids in the same order when 200 are sent at once", async () => {
    const { deps } = fixture;
    await Promise.all(
      Array.from({ length: 200 }, (_, index) =>
        sendNotification(deps, index % 2 ? machine : person(1), { ...message, user_id: 2 }),
      ),
    );
    expect(await inboxOf(2)).toMatchObject({ seq: 200n, unreadCount: 200 });
    const rows = await deps.database.notification.findMany({ where: { userId: 2 }, orderBy: { id: "asc" } });
    expect(rows.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 200 }, (_, index) => index + 1));
    expect(
      rows.every(({ id }) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
    const payloads = await deps.database.outbox.findMany({
      where: { channel: "broadcast", notification: { userId: 2 } },
      select: { payload: true, notification: { select: { seq: true } } },
    });
    for (const { payload, notification } of payloads) {
      const seq = Number(notification?.seq);
      expect(payload).toEqual({ user_id: 2, seq, unread_count: seq });
    }
  });
});

describe("an idempotency key", () => {
  it("repeats the first answer, even after the notification was deleted", async () => {
    const { deps, enqueued } = fixture;
    const first = await sendNotification(deps, person(2), message, { idempotencyKey: "again" });
    await deps.database.notification.update({
      where: { id: first.notification.id },
      data: { titre: "", deletedAt: new Date() },
    });
    const count = enqueued.length;
    const second = await sendNotification(deps, person(2), { ...message, user_id: "1" }, { idempotencyKey: "again" });
    expect(second).toEqual({ notification: first.notification, replayed: true });
    expect(enqueued).toHaveLength(count);
  });

  it("refuses a different body with 409, and is separate for each owner", async () => {
    const { deps } = fixture;
    const options = { idempotencyKey: "owned" };
    const mine = await sendNotification(deps, person(2), message, options);
    expect(await outcome(sendNotification(deps, person(2), { ...message, titre: "other" }, options))).toBe(
      "IDEMPOTENCY_CONFLICT",
    );
    expect(await outcome(sendNotification(deps, person(2), { ...message, user_id: 999 }, options))).toBe(
      "IDEMPOTENCY_CONFLICT",
    );
    const theirs = await sendNotification(deps, machine, { ...message, titre: "other" }, options);
    expect(theirs.replayed).toBe(false);
    expect(theirs.notification.id).not.toBe(mine.notification.id);
  });

  it("makes one notification of 20 concurrent requests", async () => {
    const { deps, enqueued } = fixture;
    const before = {
      rows: await deps.database.notification.count(),
      inbox: await inboxOf(1),
      enqueued: enqueued.length,
    };
    let givenBack = 0;
    let taken = 0;
    const { promise: allAtTheDoor, resolve: open } = Promise.withResolvers<void>();
    const take = async () => {
      if (++taken === 20) open();
      await allAtTheDoor;
      return async () => void givenBack++;
    };
    const limiter = { take, connect: async () => undefined, close: () => undefined };
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () =>
        sendNotification({ ...deps, limiter }, person(2), message, { idempotencyKey: "storm" }),
      ),
    );
    expect(new Set(outcomes.map(({ notification }) => JSON.stringify(notification))).size).toBe(1);
    expect(outcomes.filter(({ replayed }) => !replayed)).toHaveLength(1);
    expect(givenBack).toBe(19);
    expect(await deps.database.notification.count()).toBe(before.rows + 1);
    expect((await inboxOf(1))?.seq).toBe((before.inbox?.seq ?? 0n) + 1n);
    expect(enqueued).toHaveLength(before.enqueued + 2);
  });

  it("accepts one of two concurrent requests with different bodies and refuses the other", async () => {
    const { deps } = fixture;
    const results = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        outcome(
          sendNotification(deps, person(2), { ...message, user_id: 1 + (index % 3) }, { idempotencyKey: "two-bodies" }),
        ),
      ),
    );
    expect(new Set(results)).toEqual(new Set(["accepted", "IDEMPOTENCY_CONFLICT"]));
    expect(await deps.database.idempotencyKey.count({ where: { key: "two-bodies" } })).toBe(1);
  });

  it("can be used again after 24 hours", async () => {
    const { deps } = fixture;
    const options = { idempotencyKey: "old" };
    const first = await sendNotification(deps, person(2), message, options);
    const row = await deps.database.idempotencyKey.findFirstOrThrow({ where: { key: "old" } });
    expect(Math.abs(row.expiresAt.getTime() - Date.now() - 86_400_000)).toBeLessThan(60_000);
    await deps.database.idempotencyKey.updateMany({ where: { key: "old" }, data: { expiresAt: new Date(0) } });
    const second = await sendNotification(deps, person(2), { ...message, titre: "new" }, options);
    expect(second.replayed).toBe(false);
    expect(second.notification.id).not.toBe(first.notification.id);
    await deps.database.idempotencyKey.updateMany({ where: { key: "old" }, data: { expiresAt: new Date(0) } });
    expect(await purgeIdempotencyKeys(deps.database, 100)).toBe(1);
  });
});
