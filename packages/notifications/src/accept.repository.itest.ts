import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { insertNotification, type NewNotification } from "./accept.repository";
import { createFixture, type Fixture, message } from "./testing/fixture";
import { refuseToWrite } from "./testing/refuse-to-write";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.test.drop());

const row = (more: Partial<NewNotification> = {}): NewNotification => ({
  ...message,
  source: "erp",
  senderId: null,
  requestId: null,
  idempotency: null,
  bearer: null,
  ...more,
});
/** Sends all at once: the first has a commit of its own, the others share one. */
const accept = (rows: NewNotification[]) =>
  Promise.allSettled(rows.map((input) => insertNotification(fixture.deps.database, input)));
const seqs = async (userId: number) => {
  const { database } = fixture.deps;
  const rows = await database.notification.findMany({ where: { userId }, orderBy: { id: "asc" } });
  const inbox = await database.inbox.findUniqueOrThrow({ where: { userId } });
  expect(rows.map(({ seq }) => Number(seq))).toEqual(rows.map((_, index) => index + 1));
  expect(inbox).toMatchObject({ seq: BigInt(rows.length), unreadCount: rows.length });
  return rows;
};

describe("notifications accepted in one commit", () => {
  it("get ids, numbers and counts in the order in which they arrived, for each person", async () => {
    const titres = Array.from({ length: 150 }, (_, index) => `n${index}`);
    const results = await accept(titres.map((titre, index) => row({ titre, user_id: 1 + (index % 3) })));
    expect(results.every(({ status }) => status === "fulfilled")).toBe(true);
    for (const userId of [1, 2, 3]) {
      const rows = await seqs(userId);
      expect(rows.map(({ titre }) => titre)).toEqual(titres.filter((_, index) => 1 + (index % 3) === userId));
      for (const { id, createdAt } of rows)
        expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(createdAt.getTime());
    }
    const outbox = await fixture.deps.database.outbox.groupBy({ by: ["notificationId"], _count: true });
    expect(outbox).toHaveLength(150);
    expect(outbox.every(({ _count }) => _count === 2)).toBe(true);
  });

  it("fail one by one: a refused row, an unknown recipient or a taken idempotency key rejects that notification alone", async () => {
    await refuseToWrite(fixture.deps.database, "bad row");
    const before = (await seqs(2)).length;
    const key = { owner: "client:erp", key: "same", requestHash: "x" };
    const results = await accept([
      row({ user_id: 2 }),
      row({ user_id: 2, titre: "bad row" }),
      row({ user_id: 2, idempotency: key }),
      row({ user_id: 999 }),
      row({ user_id: 4 }),
      row({ user_id: 2, idempotency: key }),
      row({ user_id: 2 }),
    ]);
    const said = results.map((result) =>
      result.status === "fulfilled" ? (result.value ? "accepted" : "nobody") : String(result.reason.message),
    );
    expect(said).toEqual([
      "accepted",
      "bad row",
      "accepted",
      "nobody",
      "nobody",
      expect.stringContaining("idempotency_keys_pkey"),
      "accepted",
    ]);
    expect(await seqs(2)).toHaveLength(before + 3);
  });

  it("are not retried after the connection broke, since they may have been committed", async () => {
    await refuseToWrite(fixture.deps.database, "broken off", "break");
    const before = (await seqs(3)).length;
    const results = await accept([
      row({ user_id: 3 }),
      row({ user_id: 3, titre: "broken off" }),
      row({ user_id: 3 }),
      row({ user_id: 3 }),
    ]);
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "rejected"]);
    expect(await seqs(3)).toHaveLength(before + 1);
    expect((await accept([row({ user_id: 3 })]))[0]?.status).toBe("fulfilled");
  });

  it("of one person do not wait for another person's locked inbox", async () => {
    const { database } = fixture.deps;
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const holding = database.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM inboxes WHERE user_id = 1 FOR UPDATE`;
      locked.resolve();
      await held;
    });
    await locked.promise;
    const waiting = insertNotification(database, row({ user_id: 1 }));
    await expect(insertNotification(database, row({ user_id: 2 }))).resolves.not.toBeNull();
    release();
    await holding;
    await expect(waiting).resolves.not.toBeNull();
    await seqs(1);
  });
});
