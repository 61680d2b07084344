import { randomUUID } from "node:crypto";
import { createLogger } from "@mgs/core/logger";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { sweepExpired } from "./sweep-expired";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

const HOUR = 3_600_000;
const from = (milliseconds: number) => new Date(Date.now() + milliseconds);

it("deletes what has expired, in as many batches as it takes, and nothing else", async () => {
  const { database } = test;
  const logger = createLogger("test", "silent");
  const user = await database.user.create({
    data: { email: "a@mgs.example", name: "A", passwordHash: "-", role: "direction" },
  });
  await database.inbox.create({ data: { userId: user.id, seq: 9n } });
  const session = await database.userSession.create({
    data: { id: randomUUID(), userId: user.id, oidcSessionUid: "uid" },
  });
  const payload = (index: number, expiresAt: Date | null) => ({
    model: "AccessToken",
    idHash: `${index}`,
    payload: "-",
    expiresAt,
  });
  await database.oidcPayload.createMany({
    data: Array.from({ length: 1_200 }, (_, index) => payload(index, from(-HOUR))),
  });
  await database.oidcPayload.createMany({ data: [payload(-1, from(HOUR)), payload(-2, null)] });
  for (const [name, expiresAt] of [["old", from(-HOUR)] as const, ["new", from(HOUR)] as const]) {
    await database.refreshReplay.create({ data: { tokenHash: name, clientId: "c", answer: "-", expiresAt } });
    await database.idempotencyKey.create({
      data: { owner: "o", key: name, requestHash: "-", response: {}, expiresAt },
    });
    await database.portalSession.create({
      data: {
        id: randomUUID(),
        tokenHash: name,
        portal: "commercial",
        userId: user.id,
        userSessionId: session.id,
        accessToken: "-",
        accessExpiresAt: expiresAt,
        expiresAt,
      },
    });
  }
  const notification = (seq: bigint, deletedAt: Date | null) => ({
    id: randomUUID(),
    userId: user.id,
    seq,
    type: "t",
    titre: "t",
    message: "m",
    source: "commercial",
    deletedAt,
  });
  await database.notification.createMany({
    data: [notification(4n, from(-31 * 24 * HOUR)), notification(6n, from(-HOUR)), notification(1n, null)],
  });

  await sweepExpired({ database, logger });

  expect((await database.oidcPayload.findMany()).map(({ idHash }) => idHash).sort()).toEqual(["-1", "-2"]);
  expect((await database.refreshReplay.findMany()).map(({ tokenHash }) => tokenHash)).toEqual(["new"]);
  expect((await database.idempotencyKey.findMany()).map(({ key }) => key)).toEqual(["new"]);
  expect((await database.portalSession.findMany()).map(({ tokenHash }) => tokenHash)).toEqual(["new"]);
  expect((await database.notification.findMany()).map(({ seq }) => seq).sort()).toEqual([1n, 6n]);
  expect(await database.inbox.findUniqueOrThrow({ where: { userId: user.id } })).toMatchObject({ floorSeq: 4n });
});
