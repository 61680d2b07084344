import type { UserActor } from "@mgs/core/actor";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import type { OutboxRef } from "@mgs/jobs/outbox.repository";
import { afterAll, beforeAll, expect, it } from "vitest";
import { releaseMails } from "./delivery/release-mails";
import { markGroupRead } from "./grow-notification";
import { ringBell } from "./ring-bell";

let test: TestDatabase;
const enqueued: OutboxRef[] = [];
const enqueuer = {
  enqueue: async (refs: readonly OutboxRef[]) => enqueued.push(...refs) > 0,
  close: async () => undefined,
};
beforeAll(async () => {
  test = await createTestDatabase();
  for (const id of [1, 2]) {
    const disabledAt = id === 2 ? new Date() : null;
    const person = { id, email: `${id}@mgs.mg`, name: "P", role: "commercial", passwordHash: "-", disabledAt };
    await test.database.user.create({ data: person });
  }
});
afterAll(() => test.drop());

const message = { type: "security.lockout", titre: "T", message: "M", url: "/compte/pas-moi?avis=1" };

it("reaches inbox and pages once for a key, and no mailbox", async () => {
  for (let times = 0; times < 2; times++)
    await ringBell({ database: test.database, enqueuer }, { key: "a", userId: 1, ...message });
  await Promise.all(
    [1, 2].map(() => ringBell({ database: test.database, enqueuer }, { key: "b", userId: 1, ...message })),
  );
  const notifications = await test.database.notification.findMany({ orderBy: { seq: "asc" } });
  expect(notifications).toHaveLength(2);
  expect(notifications[0]).toMatchObject({ userId: 1, source: "administration", senderId: null, ...message });
  const rows = await test.database.outbox.findMany();
  expect(rows.map(({ kind }) => kind)).toEqual(["notification.broadcast", "notification.broadcast"]);
  expect(enqueued.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
  expect(await test.database.inbox.findUnique({ where: { userId: 1 } })).toMatchObject({ unreadCount: 2 });
});

it("is not rung for a person who is disabled", async () => {
  await ringBell({ database: test.database, enqueuer }, { key: "c", userId: 2, ...message });
  expect(await test.database.notification.count({ where: { userId: 2 } })).toBe(0);
});

it("comes from the portal that it names, and is mailed where that is asked for", async () => {
  const deps = { database: test.database, enqueuer };
  await test.database.outbox.deleteMany();
  for (let times = 0; times < 2; times++)
    await ringBell(deps, { key: "d", userId: 1, ...message, source: "gestion-dossier", mailed: true });
  const rows = await test.database.outbox.findMany({ include: { notification: true }, orderBy: { kind: "asc" } });
  expect(rows.map(({ kind }) => kind)).toEqual(["notification.broadcast", "notification.email"]);
  expect(rows[0]?.notification).toMatchObject({ source: "gestion-dossier", url: message.url });
});

it("of a group grows while it is unread: no second one, no second mail, and the same count", async () => {
  const deps = { database: test.database, enqueuer };
  const actor = { kind: "user", userId: 1 } as UserActor;
  const ring = (titre: string, key: string) =>
    ringBell(deps, { key, userId: 1, ...message, titre, group: "conversation:1", mailed: true });
  const rows = () =>
    test.database.notification.findMany({ where: { groupKey: "conversation:1" }, orderBy: { seq: "asc" } });
  const before = await test.database.inbox.findUnique({ where: { userId: 1 } });
  await test.database.outbox.deleteMany();
  await ring("1 message", "g1");
  await Promise.all([ring("2 messages", "g2"), ring("2 messages", "g3")]);
  await ring("2 messages", "g4");
  expect((await rows()).map(({ titre }) => titre)).toEqual(["2 messages"]);
  expect((await test.database.inbox.findUnique({ where: { userId: 1 } }))?.unreadCount).toBe(
    (before?.unreadCount ?? 0) + 1,
  );
  const kinds = (await test.database.outbox.findMany({ orderBy: { id: "asc" } })).map(({ kind }) => kind);
  expect(kinds.sort()).toEqual(["inbox.changed", "notification.broadcast", "notification.email"]);
  // Read with what it tells of; what comes then is news again.
  await markGroupRead(deps, actor, "conversation:1");
  await markGroupRead(deps, actor, "conversation:1");
  await ring("1 message", "g5");
  expect((await rows()).map(({ titre, readAt }) => [titre, readAt !== null])).toEqual([
    ["2 messages", true],
    ["1 message", false],
  ]);
});

it("leaves mails that wait for a quiet time until somebody may be disturbed", async () => {
  const deps = { database: test.database, enqueuer };
  await test.database.outbox.deleteMany();
  await ringBell(deps, { key: "q", userId: 1, ...message, mailed: true });
  const later = new Date(Date.now() + 3_600_000);
  await test.database.outbox.updateMany({
    where: { kind: "notification.email" },
    data: { attempts: 1, availableAt: later },
  });
  enqueued.length = 0;
  await releaseMails(deps, 2);
  expect(enqueued).toEqual([]);
  await releaseMails(deps, 1);
  const row = await test.database.outbox.findFirst({ where: { kind: "notification.email" } });
  expect(enqueued).toEqual([{ id: row?.id, queue: "emails", attempts: 2 }]);
  expect(row?.availableAt.getTime()).toBeLessThan(later.getTime());
});
