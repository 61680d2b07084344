import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { deleteNotification } from "./delete-notification";
import { listChanges } from "./list-changes";
import { listInbox } from "./list-inbox";
import { markAllRead } from "./mark-all-read";
import { createFixture, type Fixture, person, receiveNotifications } from "./testing/fixture";
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
});

const me = person(1);
const receive = (count: number) => receiveNotifications(fixture, count);

describe("an inbox under concurrency", () => {
  it("numbers and counts stay right, and every change is announced", async () => {
    const { deps } = fixture;
    const random = seeded(20261120);
    const pick = <T>(items: readonly T[]): T | undefined => items[Math.floor(random() * items.length)];
    const known = await receive(10);
    for (let round = 0; round < 12; round++) {
      await Promise.all(
        Array.from({ length: 15 }, async () => {
          const id = pick(known) ?? "";
          const chance = random();
          const gone = (error: Error) => expect(error.message).toBe("NOTIFICATION_NOT_FOUND");
          if (chance < 0.3) known.push(...(await receive(1)));
          else if (chance < 0.55) await updateNotification(deps, me, id, { read: random() < 0.6 }).catch(gone);
          else if (chance < 0.8) await updateNotification(deps, me, id, { archived: random() < 0.5 }).catch(gone);
          else if (chance < 0.92) await deleteNotification(deps, me, id).catch(gone);
          else await markAllRead(deps, me);
        }),
      );
      const { unread_count, seq } = await listInbox(deps, me);
      expect(unread_count).toBe(
        await deps.database.notification.count({
          where: { userId: 1, deletedAt: null, readAt: null, archivedAt: null },
        }),
      );
      const numbers = await deps.database.$queryRaw<{ seq: number }[]>`
        SELECT (payload->>'seq')::int AS seq FROM outbox
        WHERE kind IN ('inbox.changed', 'notification.broadcast') ORDER BY 1`;
      expect(numbers.map((row) => row.seq)).toEqual(Array.from({ length: seq }, (_, index) => index + 1));
    }
  });

  it("a client that fetches changes while they are written ends with the server's inbox", async () => {
    const { deps } = fixture;
    const ids = await receive(20);
    const mirror = new Map<string, string | null>();
    let after = 0;
    const sync = async () => {
      const changes = await listChanges(deps, me, { after });
      for (const row of changes.upserts) mirror.set(row.id, row.read_at);
      for (const id of changes.tombstones) mirror.delete(id);
      after = changes.seq;
    };
    const writes = ids.map((id, index) =>
      index % 3 === 0 ? deleteNotification(deps, me, id) : updateNotification(deps, me, id, { read: true }),
    );
    writes.push(...Array.from({ length: 10 }, async () => ({ seq: (await receive(1)).length, unread_count: 0 })));
    let busy = true;
    const done = Promise.all(writes).finally(() => {
      busy = false;
    });
    while (busy) await sync();
    await done;
    await sync();
    const page = await listInbox(deps, me, { limit: 100 });
    expect(new Map(page.items.map(({ id, read_at }) => [id, read_at]))).toEqual(new Map([...mirror].sort().reverse()));
  });
});

/** A seeded random number generator (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
