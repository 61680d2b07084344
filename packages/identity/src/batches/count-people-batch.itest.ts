import type { UserActor } from "@mgs/core/actor";
import type { AppError } from "@mgs/core/errors";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signInStaff, staffDeps } from "../testing/staff";
import { countPeopleBatch } from "./count-people-batch";
import { startPeopleBatch } from "./start-people-batch";

let test: TestDatabase;
let admin: UserActor;
beforeAll(async () => {
  test = await createTestDatabase();
  admin = await signInStaff(test.database, { name: "Voahangy", email: "v@mgs.mg", role: "administrateur" });
  for (const n of [1, 2]) {
    const person = { name: `Aina ${n}`, email: `a${n}@mgs.mg`, role: "commercial", passwordHash: "-" };
    await test.database.user.create({ data: person });
  }
});
afterAll(() => test.drop());

const deps = () => staffDeps(test.database);

/** What both the question before an act and its start answer. */
async function refusalOf(actor: UserActor, batch: Parameters<typeof startPeopleBatch>[2]) {
  const jobs = () => test.database.batchJob.count();
  const before = await jobs();
  const [asked, started] = await Promise.all(
    [countPeopleBatch, startPeopleBatch].map((use) =>
      use(deps(), actor, batch).catch(({ code, details }: AppError) => ({ code, details })),
    ),
  );
  expect(asked).toEqual(started);
  expect(await jobs()).toBe(before);
  return asked;
}

it("counts whom an act reaches: all that the filter finds, or those who were chosen", async () => {
  const count = (whose: { filter: object } | { ids: number[] }) =>
    countPeopleBatch(deps(), admin, { act: "disable", whose });
  expect(await count({ filter: {} })).toBe(3);
  expect(await count({ filter: { role: "commercial" } })).toBe(2);
  expect(await count({ ids: [admin.userId] })).toBe(1);
});

it("refuses an act that reaches nobody, before anybody is asked", async () => {
  const nobody = await refusalOf(admin, { act: "disable", whose: { filter: { search: "nobody" } } });
  expect(nobody).toEqual({ code: "VALIDATION_ERROR", details: [{ path: "whose", message: "NOBODY_FOUND" }] });
});

it("refuses what the start would refuse", async () => {
  const whose = { filter: {} };
  const invalidRole = { code: "VALIDATION_ERROR", details: [{ path: "role", message: "INVALID_CHOICE" }] };
  expect(await refusalOf(admin, { act: "change-role", whose })).toEqual(invalidRole);
  expect(await refusalOf(admin, { act: "change-role", role: "nobody-has-it", whose })).toEqual(invalidRole);
  const other = await signInStaff(test.database, { name: "Rivo", email: "r@mgs.mg", role: "commercial" });
  expect(await refusalOf(other, { act: "disable", whose })).toMatchObject({ code: "FORBIDDEN" });
  const staff = { slug: "personnel", nameFr: "Personnel", nameEn: "Staff", portals: ["administration"] };
  await test.database.role.create({ data: { ...staff, permissions: ["console.open", "accounts.manage"] } });
  const manager = await signInStaff(test.database, { name: "Lova", email: "l@mgs.mg", role: staff.slug });
  expect(await refusalOf(manager, { act: "change-role", role: "administrateur", whose })).toMatchObject({
    code: "FORBIDDEN",
  });
  const provedAt = new Date(Date.now() - 11 * 60_000);
  await test.database.userSession.update({ where: { id: admin.userSessionId }, data: { provedAt } });
  expect(await refusalOf(admin, { act: "disable", whose })).toMatchObject({ code: "PROOF_REQUIRED" });
});
