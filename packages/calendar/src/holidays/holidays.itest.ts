import { refusal, useStaffStage } from "@mgs/identity/testing/use-staff-stage";
import type { BellMessage, WorkerDeps } from "@mgs/module/worker-deps";
import { beforeEach, expect, it } from "vitest";
import { findHolidaysBetween, findWorkingDay } from "../holidays.repository";
import { CALENDAR_RETENTION } from "../retention";
import { confirmYear, listHolidays, removeHoliday, restoreHoliday, saveHoliday } from "./edit-holidays";
import { remindAdministrators } from "./remind-administrators";
import { remindOfYear, seedHolidays } from "./seed-holidays";

const staff = useStaffStage();
const YEAR = 2027;
beforeEach(async () => {
  await staff.database.holiday.deleteMany();
  await staff.database.holidayYear.deleteMany();
});
const confirm = async (year: number) => {
  const { version } = await listHolidays(staff.deps(), staff.admin, { year });
  await confirmYear(staff.deps(), staff.admin, year, { version });
};
const list = async () => listHolidays(staff.deps(), staff.admin, { year: YEAR });

it("knows the days of a year in both languages, once, and due dates leave them out", async () => {
  expect(await findWorkingDay(staff.database, "2027-12-31", 0)).toBe("2027-12-31");
  expect(await seedHolidays(staff.database, YEAR)).toBeGreaterThan(10);
  expect(await seedHolidays(staff.database, YEAR)).toBe(0);
  const { holidays, confirmedAt } = await list();
  expect(confirmedAt).toBeNull();
  expect(holidays).toContainEqual({ day: "2027-05-01", nameFr: "Fête du travail", nameEn: "Labour Day" });
  // Two on one day.
  expect(holidays.find(({ day }) => day === "2027-03-29")?.nameFr).toContain("Lundi de Pâques");
  expect(await findWorkingDay(staff.database, "2027-11-01", 0)).toBe("2027-11-02");
});

it("is edited and confirmed by administrators; a change asks for a new confirmation", async () => {
  const day = { day: "2027-06-25", name_fr: "Pont", name_en: "Bridge day" };
  const person = await staff.add("Hery", "hery@mgs.mg");
  expect(await refusal(saveHoliday(staff.deps(), person, day))).toBe("FORBIDDEN");
  expect(await refusal(listHolidays(staff.deps(), person, { year: YEAR }))).toBe("FORBIDDEN");
  await saveHoliday(staff.deps(), staff.admin, day);
  await confirm(YEAR);
  expect((await list()).confirmedBy).toBe(staff.admin.userId);
  await saveHoliday(staff.deps(), staff.admin, { ...day, name_fr: "Pont national" });
  const after = await list();
  expect(after.confirmedAt).toBeNull();
  expect(after.holidays).toEqual([{ day: "2027-06-25", nameFr: "Pont national", nameEn: "Bridge day" }]);
  await removeHoliday(staff.deps(), staff.admin, "2027-06-25");
  expect(await refusal(removeHoliday(staff.deps(), staff.admin, "2027-06-25"))).toBe("NOT_FOUND");
  expect(await refusal(removeHoliday(staff.deps(), staff.admin, "x"))).toBe("NOT_FOUND");
  // Who has emptied a year does not find it filled again.
  expect(await seedHolidays(staff.database, YEAR)).toBe(0);
  for (const input of [
    { ...day, day: "2027-02-30" },
    { ...day, day: "1999-01-01" },
    { ...day, name_en: " " },
    { ...day, name_en: "\u200b" },
    { ...day, name_en: "\u0000" },
    { ...day, name_en: "x".repeat(101) },
  ])
    expect(await refusal(saveHoliday(staff.deps(), staff.admin, input))).toBe("VALIDATION_ERROR");
});

it("can be restored for 30 days after it was removed; until then the day is worked at once", async () => {
  const day = "2027-06-25";
  const feast = { day, nameFr: "Pont", nameEn: "Bridge day" };
  const person = await staff.add("Hery", "hery@mgs.mg");
  const restore = (actor = staff.admin, on = day) => refusal(restoreHoliday(staff.deps(), actor, on));
  await saveHoliday(staff.deps(), staff.admin, { day, name_fr: "Pont", name_en: "Bridge day" });
  const nextWorkingDay = () => findWorkingDay(staff.database, day, 0);
  expect(await nextWorkingDay()).toBe("2027-06-28");
  expect(await restore()).toBe("NOT_FOUND");

  await removeHoliday(staff.deps(), staff.admin, day);
  expect(await nextWorkingDay()).toBe(day);
  expect(await findHolidaysBetween(staff.database, day, day)).toEqual([]);
  expect(await list()).toMatchObject({ holidays: [], deleted: [{ ...feast, deletedAt: expect.any(Date) }] });
  await confirm(YEAR);
  expect(await restore(person)).toBe("FORBIDDEN");
  expect(await restore(staff.admin, "x")).toBe("NOT_FOUND");
  expect(await restore(staff.admin, "2027-06-24")).toBe("NOT_FOUND");
  expect(await Promise.all([restore(), restore()]).then((both) => both.toSorted())).toEqual(["NOT_FOUND", "done"]);
  expect(await list()).toMatchObject({ holidays: [feast], deleted: [], confirmedAt: null });
  expect(await nextWorkingDay()).toBe("2027-06-28");
  const trail = await staff.database.auditEvent.findMany({
    orderBy: { at: "asc" },
    where: { action: { startsWith: "holidays." } },
  });
  const ofDay = trail.filter(({ details }) => (details as { day?: string } | null)?.day === day);
  expect(ofDay.map(({ action }) => action).slice(-2)).toEqual(["holidays.removed", "holidays.restored"]);

  // A name that is given to the day anew takes the place of what was removed.
  await removeHoliday(staff.deps(), staff.admin, day);
  await saveHoliday(staff.deps(), staff.admin, { day, name_fr: "Fête", name_en: "Feast" });
  expect(await list()).toMatchObject({ holidays: [{ day, nameFr: "Fête", nameEn: "Feast" }], deleted: [] });

  await removeHoliday(staff.deps(), staff.admin, day);
  const sweep = () =>
    CALENDAR_RETENTION.find(({ table }) => table === "holidays")?.sweep(staff.database, 10, undefined as never);
  expect(await sweep()).toBe(0);
  const daysAgo = (days: number) => new Date(Date.now() - days * 24 * 3_600_000);
  await staff.database.holiday.updateMany({ data: { deletedAt: daysAgo(31) } });
  expect((await list()).deleted).toEqual([]);
  expect(await restore()).toBe("NOT_FOUND");
  expect(await sweep()).toBe(1);
  expect(await staff.database.holiday.count()).toBe(0);
});

it("is confirmed as it was looked at: a list that a colleague has changed meanwhile is not", async () => {
  const day = { day: "2027-06-25", name_fr: "Pont", name_en: "Bridge day" };
  await saveHoliday(staff.deps(), staff.admin, day);
  const { version } = await list();
  const attempt = () => refusal(confirmYear(staff.deps(), staff.admin, YEAR, { version }));
  await saveHoliday(staff.deps(), staff.admin, { ...day, name_en: "Bridge" });
  expect(await attempt()).toBe("CONFLICT");
  expect((await list()).confirmedAt).toBeNull();
  await saveHoliday(staff.deps(), staff.admin, day);
  expect(await attempt()).toBe("done");
  // One of the two acts waits for the other: nothing that nobody has looked at stays confirmed.
  for (let round = 0; round < 5; round++) {
    const seen = await list();
    await Promise.all([
      refusal(confirmYear(staff.deps(), staff.admin, YEAR, { version: seen.version })),
      saveHoliday(staff.deps(), staff.admin, { ...day, name_en: `Bridge ${round}` }),
    ]);
    expect((await list()).confirmedAt).toBeNull();
  }
});

it("reminds administrators once a year, and not of one that is confirmed", async () => {
  const at = new Date("2026-11-02T06:00:00Z");
  const both = await Promise.all([remindOfYear(staff.database, YEAR, at), remindOfYear(staff.database, YEAR, at)]);
  expect(both.flat()).toHaveLength(1);
  expect(await remindOfYear(staff.database, YEAR, at)).toEqual([]);
  const rung: BellMessage[] = [];
  const worker = { database: staff.database, ringBell: async (message: BellMessage) => void rung.push(message) };
  const remind = () =>
    remindAdministrators(worker as unknown as WorkerDeps, { id: "row", payload: { year: YEAR } } as never);
  await remind();
  expect(rung).toMatchObject([{ userId: staff.admin.userId, url: "/console/jours-feries?annee=2027" }]);
  await confirm(YEAR);
  await remind();
  expect(rung).toHaveLength(1);
  // A new installation does not begin with it.
  await seedHolidays(staff.database, 2029);
  expect(await remindOfYear(staff.database, 2029, new Date())).toEqual([]);
  expect(await remindOfYear(staff.database, 2029, new Date(Date.now() + 25 * 3_600_000))).toHaveLength(1);
  await confirm(2028);
  expect(await remindOfYear(staff.database, 2028, at)).toEqual([]);
});
