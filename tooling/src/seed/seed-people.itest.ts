import { BUILT_IN_ROLES } from "@mgs/core/roles";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { checkPassword } from "@mgs/identity/password";
import { afterAll, beforeAll, expect, test } from "vitest";
import { DEMO_PASSWORD, PEOPLE } from "./people";
import { seedPeople } from "./seed-people";

let testDatabase: TestDatabase;
beforeAll(async () => {
  testDatabase = await createTestDatabase();
});
afterAll(() => testDatabase.drop());

test("seeds 43 people over all roles, once", async () => {
  const { database } = testDatabase;
  expect(await seedPeople(database)).toBe(43);
  expect(await seedPeople(database)).toBe(0);

  const users = await database.user.findMany({ orderBy: { id: "asc" } });
  expect(users.map(({ id }) => id)).toEqual(PEOPLE.map(({ id }) => id));
  expect(users.slice(0, 3).map(({ email }) => email)).toEqual(["admin@mgs.mg", "commercial@mgs.mg", "gestion@mgs.mg"]);
  expect(new Set(users.map(({ role }) => role))).toEqual(new Set(BUILT_IN_ROLES));
  expect(users.every(({ email }) => /^[a-z.]+@mgs\.mg$/.test(email))).toBe(true);
  expect(await checkPassword(users[0]?.passwordHash ?? null, DEMO_PASSWORD)).toBe("right");
});

test("people added later get ids of their own", async () => {
  const { database } = testDatabase;
  const added = await database.user.create({
    data: { email: "nouveau@mgs.mg", name: "Nouveau", passwordHash: "-", role: "commercial" },
  });
  expect(added.id).toBe(44);
});
