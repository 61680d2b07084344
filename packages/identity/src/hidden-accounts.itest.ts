import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findCredentials, matchUsers } from "./users.repository";

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());

it("an account of our own is found by no search and signs in nowhere", async () => {
  const account = { passwordHash: "-", role: "commercial" };
  await test.database.user.create({
    data: { ...account, email: "canary@mgs.localhost", name: "Canary", hidden: true },
  });
  await test.database.user.create({ data: { ...account, email: "canari@mgs.mg", name: "Canari" } });
  expect((await matchUsers(test.database, ["canar"], 10)).map(({ name }) => name)).toEqual(["Canari"]);
  expect(await findCredentials(test.database, "canary@mgs.localhost")).toBeNull();
  expect(await findCredentials(test.database, "canari@mgs.mg")).toMatchObject({ name: "Canari" });
});
