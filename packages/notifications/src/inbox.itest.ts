import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { countUnread } from "./count-unread";
import { deleteNotification } from "./delete-notification";
import { getNotification } from "./get-notification";
import { listChanges } from "./list-changes";
import { listInbox } from "./list-inbox";
import { markAllRead } from "./mark-all-read";
import type { inboxChanged } from "./outbox-kinds";
import { purgeTombstones } from "./purge-tombstones.repository";
import { TOMBSTONE_RETENTION_SECONDS } from "./retention";
import { sendNotification } from "./send-notification";
import { createFixture, type Fixture, machine, message, person, receiveNotifications } from "./testing/fixture";
import { updateNotification } from "./update-notification";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.test.drop());
beforeEach(async () => {
  const { database } = fixture.deps;
  await database.outbox.deleteMany();
  await database.notification.deleteMany();
  await database.inbox.deleteMany();
  fixture.enqueued.length = 0;
});

const me = person(1);
const stranger = person(2);

const receive = (count: number, userId?: number) => receiveNotifications(fixture, count, userId);

async function announced(): Promise<OutboxPayload<typeof inboxChanged>[]> {
  const rows = await fixture.deps.database.outbox.findMany({ where: { kind: "inbox.changed" } });
  // By their numbers: ids of one millisecond have no order.
  return rows.map(({ payload }) => payload as OutboxPayload<typeof inboxChanged>).sort((a, b) => a.seq - b.seq);
}

describe("one notification", () => {
  it("is read, unread, archived and brought back, each with a number, and announced", async () => {
    const { deps, enqueued } = fixture;
    const [id = ""] = await receive(1);
    enqueued.length = 0;
    expect(await updateNotification(deps, me, id, { read: true })).toEqual({ seq: 2, unread_count: 0 });
    expect(await updateNotification(deps, me, id, { read: false })).toEqual({ seq: 3, unread_count: 1 });
    expect(await updateNotification(deps, me, id, { archived: true })).toEqual({ seq: 4, unread_count: 0 });
    expect(await updateNotification(deps, me, id, { read: true })).toEqual({ seq: 5, unread_count: 0 });
    expect(await updateNotification(deps, me, id, { read: false, archived: false })).toEqual({
      seq: 6,
      unread_count: 1,
    });
    expect(await announced()).toEqual(
      [0, 1, 0, 0, 1].map((unread_count, index) => ({
        user_id: 1,
        seq: index + 2,
        unread_count,
        op: "updated",
        ids: [id],
      })),
    );
    expect(enqueued).toHaveLength(5);
    expect(enqueued.every(({ queue }) => queue === "broadcasts")).toBe(true);
  });

  it("takes no number for a mark that is set already, and keeps the time of the first", async () => {
    const { deps, enqueued } = fixture;
    const [id = ""] = await receive(1);
    await updateNotification(deps, me, id, { read: true });
    const { read_at } = await getNotification(deps, me, id);
    enqueued.length = 0;
    expect(await updateNotification(deps, me, id, { read: true, archived: false })).toEqual({
      seq: 2,
      unread_count: 0,
    });
    expect((await getNotification(deps, me, id)).read_at).toBe(read_at);
    expect(await markAllRead(deps, me)).toEqual({ seq: 2, unread_count: 0 });
    expect(await announced()).toHaveLength(1);
    expect(enqueued).toHaveLength(0);
  });

  it("leaves a tombstone without text when deleted", async () => {
    const { deps } = fixture;
    const [first = "", second = ""] = await receive(2);
    await updateNotification(deps, me, first, { read: true });
    expect(await deleteNotification(deps, me, first)).toEqual({ seq: 4, unread_count: 1 });
    expect(await deleteNotification(deps, me, second)).toEqual({ seq: 5, unread_count: 0 });
    await expect(deleteNotification(deps, me, second)).rejects.toThrow("NOTIFICATION_NOT_FOUND");
    const row = await deps.database.notification.findUniqueOrThrow({ where: { id: first } });
    expect(row).toMatchObject({ titre: "", message: "", url: null, seq: 4n });
    expect((await announced()).slice(-1)).toEqual([
      { user_id: 1, seq: 5, unread_count: 0, op: "deleted", ids: [second] },
    ]);
    expect((await listInbox(deps, me)).items).toEqual([]);
  });

  it("is not found by another person, nor by a malformed id", async () => {
    const { deps } = fixture;
    const [id = ""] = await receive(1);
    await receive(1, 2);
    for (const [actor, target] of [
      [stranger, id],
      [person(3), id],
      [me, "0199a000-0000-7000-8000-000000000000"],
      [me, "1"],
      [me, ""],
      [me, `${id}'--`],
      [me, "\u0000"],
    ] as const) {
      await expect(getNotification(deps, actor, target)).rejects.toThrow("NOTIFICATION_NOT_FOUND");
      await expect(updateNotification(deps, actor, target, { read: true })).rejects.toThrow("NOTIFICATION_NOT_FOUND");
      await expect(deleteNotification(deps, actor, target)).rejects.toThrow("NOTIFICATION_NOT_FOUND");
    }
    expect(await listInbox(deps, me)).toMatchObject({ seq: 1, unread_count: 1 });
    expect(await announced()).toEqual([]);
  });

  it("names the machine client that sent it until that is revoked; a portal has its id alone", async () => {
    const { database } = fixture.deps;
    await database.client.create({ data: { id: machine.clientId, name: "Comptabilité", secretHash: "-" } });
    const [id = ""] = await receive(1);
    const read = async () => (await getNotification(fixture.deps, me, id)).source_name;
    expect(await read()).toBe("Comptabilité");
    const page = await listInbox(fixture.deps, me, {});
    expect(page.items.map(({ source, source_name }) => [source, source_name])).toEqual([
      [machine.clientId, "Comptabilité"],
    ]);
    await database.client.update({ where: { id: machine.clientId }, data: { revokedAt: new Date() } });
    expect(await read()).toBeNull();
    await database.client.delete({ where: { id: machine.clientId } });
    expect(await read()).toBeNull();
    const { notification } = await sendNotification(fixture.deps, me, message);
    expect(await getNotification(fixture.deps, me, notification.id)).toMatchObject({
      source: "commercial",
      source_name: null,
    });
  });

  it("and the inbox are refused to machine clients", async () => {
    const { deps } = fixture;
    const calls = [
      listInbox(deps, machine),
      getNotification(deps, machine, "x"),
      countUnread(deps, machine),
      listChanges(deps, machine, { after: 0 }),
      updateNotification(deps, machine, "x", {}),
      deleteNotification(deps, machine, "x"),
      markAllRead(deps, machine),
    ];
    for (const call of calls) await expect(call).rejects.toThrow("FORBIDDEN");
  });
});

describe("lists", () => {
  it("page by page, newest first, stable while new ones arrive", async () => {
    const { deps } = fixture;
    const ids = await receive(7);
    const first = await listInbox(deps, me, { limit: 3 });
    await receive(2);
    const second = await listInbox(deps, me, { limit: 3, cursor: first.next_cursor });
    const third = await listInbox(deps, me, { limit: 3, cursor: second.next_cursor });
    expect([first, second, third].flatMap(({ items }) => items.map(({ id }) => id))).toEqual(ids.toReversed());
    expect(third.next_cursor).toBeNull();
    expect([first.seq, third.seq]).toEqual([7, 9]);
  });

  it("by filter", async () => {
    const { deps } = fixture;
    const [a = "", b = "", c = ""] = await receive(3);
    await updateNotification(deps, me, a, { archived: true });
    await updateNotification(deps, me, b, { read: true });
    const idsOf = async (filter: string) => (await listInbox(deps, me, { filter })).items.map(({ id }) => id);
    expect(await idsOf("all")).toEqual([c, b]);
    expect(await idsOf("unread")).toEqual([c]);
    expect(await idsOf("archived")).toEqual([a]);
    expect(await countUnread(deps, me)).toEqual({ count: 1, seq: 5 });
  });

  it("are empty for a person without notifications", async () => {
    const { deps } = fixture;
    expect(await listInbox(deps, person(3))).toEqual({ items: [], next_cursor: null, seq: 0, unread_count: 0 });
    expect(await countUnread(deps, person(3))).toEqual({ count: 0, seq: 0 });
    expect(await markAllRead(deps, person(3))).toEqual({ seq: 0, unread_count: 0 });
    expect(await listChanges(deps, person(3), { after: 0 })).toMatchObject({ reset: false, seq: 0 });
    expect(await listChanges(deps, person(3), { after: 5 })).toMatchObject({ reset: true, seq: 0 });
  });
});

describe("changes", () => {
  it("since a number: upserts and tombstones in their order", async () => {
    const { deps } = fixture;
    const [a = "", b = "", c = ""] = await receive(3);
    await updateNotification(deps, me, b, { read: true });
    await deleteNotification(deps, me, a);
    const changes = await listChanges(deps, me, { after: 2 });
    expect(changes).toMatchObject({ reset: false, tombstones: [a], seq: 5, unread_count: 1 });
    expect(changes.upserts.map(({ id, seq }) => [id, seq])).toEqual([
      [c, 3],
      [b, 4],
    ]);
    expect(await listChanges(deps, me, { after: 5 })).toMatchObject({ reset: false, upserts: [], tombstones: [] });
    expect(await listChanges(deps, me, { after: 6 })).toMatchObject({ reset: true });
  });

  it("are a reset when there are more than 200", async () => {
    const { deps } = fixture;
    await receive(201);
    expect(await listChanges(deps, me, { after: 0 })).toMatchObject({ reset: true, upserts: [], seq: 201 });
    const rest = await listChanges(deps, me, { after: 1 });
    expect(rest.reset).toBe(false);
    expect(rest.upserts).toHaveLength(200);
    expect(await markAllRead(deps, me)).toEqual({ seq: 202, unread_count: 0 });
    expect((await announced())[0]).toMatchObject({ op: "read_all", seq: 202, unread_count: 0 });
    expect((await announced())[0]?.ids).toHaveLength(200);
    expect(await listChanges(deps, me, { after: 201 })).toMatchObject({ reset: true });
  });

  it("are a reset for a client whose number is below a purged tombstone", async () => {
    const { deps } = fixture;
    const [a = "", b = ""] = await receive(3);
    await deleteNotification(deps, me, a);
    await deleteNotification(deps, me, b);
    expect(await purgeTombstones(deps.database, TOMBSTONE_RETENTION_SECONDS, 10)).toBe(0);
    expect(await purgeTombstones(deps.database, 0, 1)).toBe(1);
    expect(await listChanges(deps, me, { after: 3 })).toMatchObject({ reset: true, seq: 5, unread_count: 1 });
    expect(await listChanges(deps, me, { after: 4 })).toMatchObject({ reset: false, tombstones: [b] });
  });
});
