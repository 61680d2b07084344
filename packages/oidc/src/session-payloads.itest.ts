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
  await db.database.oidcPayload.updateMany({ where: { idHash: "ended third" }, data: { consumedAt: new Date() } });
  const tokens = await db.database.$transaction((tx) => deleteSessionPayloads(tx, { oidcSessionUid: "ended" }));
  expect(tokens).toEqual(["ended commercial"]);
  expect(await left()).toEqual([
    "AccessToken other commercial",
    "AccessToken other third",
    "Grant other commercial",
    "Grant other third",
    "Session other Session",
  ]);
});

test("the end of a sign-in reads its own rows alone, by whichever plan", async () => {
  const { database } = db;
  await database.$executeRaw`
    INSERT INTO oidc_payloads (model, id_hash, payload, session_uid, grant_id, client_id, expires_at)
    SELECT 'AccessToken', 'n' || n, '-', 's' || n, 'g' || n, 'c', now() + interval '1 hour' FROM generate_series(1, 5000) n`;
  await database.$executeRaw`ANALYZE oidc_payloads`;
  await database.$transaction(async (tx) => {
    const read = async () => {
      const [row] = await tx.$queryRaw<{ rows: number }[]>`
        SELECT (seq_tup_read)::int AS rows FROM pg_stat_xact_user_tables WHERE relname = 'oidc_payloads'`;
      return row?.rows ?? 0;
    };
    for (const mode of ["force_custom_plan", "force_generic_plan"]) {
      await tx.$executeRawUnsafe(`SET LOCAL plan_cache_mode = ${mode}`);
      const before = await read();
      await deleteSessionPayloads(tx, { oidcSessionUid: "ended" });
      expect(await read()).toBe(before);
    }
  });
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
