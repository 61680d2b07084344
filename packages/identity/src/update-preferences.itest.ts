import type { Actor } from "@mgs/core/actor";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { preferencesInput, updatePreferences } from "./update-preferences";
import { findUser } from "./users.repository";

let test: TestDatabase;
let id: number;
beforeAll(async () => {
  test = await createTestDatabase();
  const account = { email: "a@mgs.mg", name: "A", role: "commercial", passwordHash: "-" };
  ({ id } = await test.database.user.create({ data: account }));
});
afterAll(() => test.drop());

const save = (input: unknown) =>
  updatePreferences(
    test,
    {
      kind: "user",
      userId: id,
      role: "commercial",
      locale: "fr",
      userSessionId: "s",
      clientId: "c",
      scopes: [],
    } as Actor,
    preferencesInput.parse(input),
  );

it("a time zone is kept by its canonical name, until it is the browser's again; the rest stays", async () => {
  expect(await findUser(test.database, id)).toMatchObject({ timeZone: null });
  await save({ theme: "dark" });
  expect(await save({ time_zone: "europe/paris" })).toEqual({ locale: "fr", theme: "dark", time_zone: "Europe/Paris" });
  expect(await findUser(test.database, id)).toMatchObject({ timeZone: "Europe/Paris" });
  expect(await save({ locale: "en" })).toMatchObject({ time_zone: "Europe/Paris" });
  expect(await save({ time_zone: null })).toMatchObject({ locale: "en", time_zone: null });
  expect(await findUser(test.database, id)).toMatchObject({ timeZone: null });
});

it("a zone that this release does not know counts as none chosen", async () => {
  await test.database.user.update({ where: { id }, data: { timeZone: "Mars/Olympus" } });
  expect(await findUser(test.database, id)).toMatchObject({ timeZone: null });
});
