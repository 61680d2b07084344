import { uuidv7 } from "@mgs/core/ids";
import { waitsForLock } from "@mgs/db/testing/lock-wait";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { Client } from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { purgeTombstones } from "./purge-tombstones.repository";

const PEOPLE = Array.from({ length: 40 }, (_, index) => 40 - index);

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
  const { database } = test;
  const role = "direction";
  await database.user.createMany({
    data: PEOPLE.map((id) => ({ id, email: `p${id}@mgs.mg`, name: "P", passwordHash: "-", role })),
  });
  await database.inbox.createMany({ data: PEOPLE.map((userId) => ({ userId, seq: 5n })) });
  const text = { type: "t", titre: "", message: "", source: "commercial" };
  await database.notification.createMany({
    data: PEOPLE.map((userId) => ({ id: uuidv7(), userId, seq: 5n, ...text, deletedAt: new Date(0) })),
  });
});
afterAll(() => test.drop());

it("locks inboxes in the order in which sends lock them, so that no deadlock arises", async () => {
  const send = new Client({ connectionString: test.url });
  await send.connect();
  try {
    await send.query("BEGIN");
    await send.query("SELECT FROM inboxes WHERE user_id = 1 FOR UPDATE");
    const purged = purgeTombstones(test.database, 0, 100);
    await waitsForLock(test.database);
    // A transaction that waits for the first lock holds none of the others.
    await send.query("SELECT FROM inboxes WHERE user_id > 1 FOR UPDATE NOWAIT");
    await send.query("COMMIT");
    expect(await purged).toBe(PEOPLE.length);
    const inboxes = await test.database.inbox.findMany();
    expect(new Set(inboxes.map(({ floorSeq }) => floorSeq))).toEqual(new Set([5n]));
  } finally {
    await send.end();
  }
});
