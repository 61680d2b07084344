import type { UserActor } from "@mgs/core/actor";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { afterAll, beforeAll, expect, it } from "vitest";
import { signInStaff, staffDeps } from "../testing/staff";
import { countPeopleBatch } from "./count-people-batch";

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

it("counts whom an act reaches: all that the filter finds, or those who were chosen", async () => {
  const count = (whose: { filter: object } | { ids: number[] }) =>
    countPeopleBatch(deps(), admin, { act: "disable", whose });
  expect(await count({ filter: {} })).toBe(3);
  expect(await count({ filter: { role: "commercial" } })).toBe(2);
  expect(await count({ filter: { search: "nobody" } })).toBe(0);
  expect(await count({ ids: [admin.userId] })).toBe(1);
});

it("refuses what the start would refuse", async () => {
  const whose = { filter: {} };
  const noRole = countPeopleBatch(deps(), admin, { act: "change-role", whose });
  await expect(noRole).rejects.toMatchObject({ code: "VALIDATION_ERROR", details: [{ path: "role" }] });
  const other = await signInStaff(test.database, { name: "Rivo", email: "r@mgs.mg", role: "commercial" });
  const foreign = countPeopleBatch(deps(), other, { act: "disable", whose });
  await expect(foreign).rejects.toMatchObject({ code: "FORBIDDEN" });
  const provedAt = new Date(Date.now() - 11 * 60_000);
  await test.database.userSession.update({ where: { id: admin.userSessionId }, data: { provedAt } });
  const stale = countPeopleBatch(deps(), admin, { act: "disable", whose });
  await expect(stale).rejects.toMatchObject({ code: "PROOF_REQUIRED" });
});
