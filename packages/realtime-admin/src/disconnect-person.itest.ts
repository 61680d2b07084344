import { uuidv7 } from "@mgs/core/ids";
import { expect, it } from "vitest";
import { disconnectPerson } from "./disconnect-person";
import { countPersonConnections } from "./person-connections";
import { ADMIN, audited, deps, open, test, useStage } from "./testing/stage";

useStage();

it("counts the devices on which a person is connected", async () => {
  await open(2);
  await test.database.userSession.create({ data: { id: uuidv7(), userId: 2, oidcSessionUid: "away" } });
  await test.database.userSession.create({
    data: { id: uuidv7(), userId: 2, oidcSessionUid: "ended", endedAt: new Date() },
  });
  await open(1);
  expect(await countPersonConnections(deps(), ADMIN, { userId: 2 })).toEqual({
    id: 2,
    name: "Hery",
    connected: 1,
  });
  await expect(countPersonConnections(deps(), ADMIN, { userId: 9 })).rejects.toMatchObject({ code: "USER_NOT_FOUND" });
});

it("closes a person's sockets on every device for good, ends no session and affects no other person", async () => {
  const mine = [await open(2), await open(2)];
  const other = await open(1);
  const closed = mine.map(
    ({ client }) =>
      new Promise((resolve) =>
        client.connection.bind("error", (error: { data?: { code?: number } }) => resolve(error.data?.code)),
      ),
  );
  const cut = { userId: 2, idempotencyKey: "a" };
  expect(await disconnectPerson(deps(), ADMIN, cut)).toMatchObject({ name: "Hery", connected: 2 });
  expect(await Promise.all(closed)).toEqual([4009, 4009]);
  // Pressed again, because the answer was lost: the same answer, and one entry.
  expect(await disconnectPerson(deps(), ADMIN, cut)).toMatchObject({ name: "Hery", connected: 2 });
  await expect.poll(async () => (await countPersonConnections(deps(), ADMIN, { userId: 2 })).connected).toBe(0);
  expect(other.client.connection.state).toBe("connected");
  expect(await test.database.userSession.count({ where: { userId: 2, endedAt: null } })).toBe(2);
  expect(await audited()).toEqual([["user:1", "realtime.user-disconnected", "2", { connected: 2 }]]);
});
