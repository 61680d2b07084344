import { uuidv7 } from "@mgs/core/ids";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deletePortalSessions } from "./portal-sessions.repository";

const HOUR_MS = 3_600_000;

let db: TestDatabase;
beforeAll(async () => {
  db = await createTestDatabase();
  await db.database.user.create({
    data: { id: 1, email: "u1@mgs.mg", name: "U", passwordHash: "-", role: "commercial" },
  });
});
afterAll(() => db?.drop());

/** A sign-in with a session in two portals. @returns its id */
async function insertSignIn(expiresAt: Date): Promise<string> {
  const id = uuidv7();
  await db.database.userSession.create({ data: { id, userId: 1, oidcSessionUid: id } });
  for (const portal of ["commercial", "gestion-dossier"])
    await db.database.portalSession.create({
      data: {
        ...{ id: uuidv7(), tokenHash: `${portal} ${id}`, portal, userId: 1, userSessionId: id },
        ...{ accessToken: "-", accessExpiresAt: expiresAt, expiresAt },
      },
    });
  return id;
}

test("the end of a sign-in deletes its sessions in every portal, and no other's", async () => {
  const [ended, other] = [
    await insertSignIn(new Date(Date.now() + HOUR_MS)),
    await insertSignIn(new Date(Date.now() + HOUR_MS)),
  ];
  await db.database.$transaction((tx) => deletePortalSessions(tx, { id: ended }));
  expect(await db.database.portalSession.count({ where: { userSessionId: ended } })).toBe(0);
  expect(await db.database.portalSession.count({ where: { userSessionId: other } })).toBe(2);
});
