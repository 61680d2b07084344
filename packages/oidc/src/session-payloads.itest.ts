import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { countLiveAccessTokens, deleteClientPayloads } from "./client-payloads.repository";
import { deleteSessionPayloads, findSessionClientIds } from "./session-payloads.repository";

const HOUR_MS = 3_600_000;

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
});
afterAll(() => db?.drop());

/** The payloads of two sign-ins, "ended" and "other": each with its session, and a grant and tokens of two clients. */
beforeEach(async () => {
  await db.database.oidcPayload.deleteMany();
  await db.database.refreshReplay.deleteMany();
  const expiresAt = new Date(Date.now() + HOUR_MS);
  for (const uid of ["ended", "other"]) {
    const row = (model: string, more: object) => ({
      model,
      idHash: `${uid} ${model}`,
      payload: "-",
      expiresAt,
      ...more,
    });
    await db.database.oidcPayload.createMany({
      data: [
        row("Session", { uid, sessionUid: uid }),
        ...["commercial", "third"].flatMap((clientId) => [
          // A grant names no session: the tokens made under it lead to it.
          row("Grant", { idHash: `${uid} ${clientId}`, grantId: `${uid} ${clientId}`, clientId }),
          row("AccessToken", {
            ...{ idHash: `${uid} ${clientId}`, grantId: `${uid} ${clientId}` },
            ...{ sessionUid: uid, clientId },
          }),
        ]),
      ],
    });
  }
});

const left = async () =>
  (await db.database.oidcPayload.findMany()).map(({ model, idHash }) => `${model} ${idHash}`).sort();

test("the end of a sign-in deletes its session, grants and tokens, and no other's", async () => {
  await db.database.$transaction((tx) => deleteSessionPayloads(tx, { oidcSessionUid: "ended" }));
  expect(await left()).toEqual([
    "AccessToken other commercial",
    "AccessToken other third",
    "Grant other commercial",
    "Grant other third",
    "Session other Session",
  ]);
});

test("a sign-in's clients are those that hold a code or a token of it", async () => {
  expect((await findSessionClientIds(db.database, { oidcSessionUid: "ended" })).sort()).toEqual([
    "commercial",
    "third",
  ]);
  expect(await findSessionClientIds(db.database, { oidcSessionUid: "unknown" })).toEqual([]);
});

test("the revocation of a client deletes its grants, tokens and repeated answers, and no other's", async () => {
  const expiresAt = new Date(Date.now() + HOUR_MS);
  for (const clientId of ["commercial", "third"])
    await db.database.refreshReplay.create({ data: { tokenHash: clientId, clientId, answer: "-", expiresAt } });
  expect(await countLiveAccessTokens(db.database, "third", 100)).toBe(2);
  expect(await db.database.$transaction((tx) => deleteClientPayloads(tx, "third"))).toBe(4);
  expect(await countLiveAccessTokens(db.database, "third", 100)).toBe(0);
  expect(await countLiveAccessTokens(db.database, "commercial", 100)).toBe(2);
  expect((await db.database.refreshReplay.findMany()).map(({ clientId }) => clientId)).toEqual(["commercial"]);
});
