import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { wasSignedOut } from "./was-signed-out";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it("an own logout counts as signing out, and so does what nobody knows; every other end does not", async () => {
  const { database } = test;
  const [mine, other] = await Promise.all(
    ["a@mgs.mg", "b@mgs.mg"].map((email) =>
      database.user.create({ data: { email, name: email, role: "commercial", passwordHash: "-" } }),
    ),
  );
  if (!mine || !other) throw new Error("nobody");
  let made = 0;
  const endedBy = async (userId: number, endReason: string | null) => {
    made++;
    const id = `00000000-0000-4000-8000-00000000000${made}`;
    const endedAt = endReason === null ? null : new Date();
    await database.userSession.create({ data: { id, userId, oidcSessionUid: id, endReason, endedAt } });
    return wasSignedOut(database, mine.id, id);
  };
  expect(await endedBy(mine.id, "logout")).toBe(true);
  for (const reason of ["revoked", "replaced", "expired", "disabled", null])
    expect(await endedBy(mine.id, reason), `${reason}`).toBe(false);
  expect(await endedBy(other.id, "revoked"), "another person's").toBe(true);
  expect(await wasSignedOut(database, mine.id, "00000000-0000-4000-8000-0000000000ff")).toBe(true);
  expect(await wasSignedOut(database, mine.id, "'; --")).toBe(true);
});
