import { audit } from "@mgs/audit/audit.repository";
import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { isStorableText } from "@mgs/core/text";
import { validate } from "@mgs/core/validate";
import type { Transaction } from "@mgs/db/client";
import { z } from "zod";
import type { AbsenceDeps } from "../absences/absence-deps";
import {
  deleteHoliday,
  findHolidaysOf,
  findYear,
  type HolidayRow,
  putHoliday,
  setConfirmed,
} from "../holidays.repository";
import { requirePermission } from "../permissions";

type HolidayDeps = Pick<AbsenceDeps, "database" | "clock">;

const MIN_YEAR = 2020;
const MAX_YEAR = 2100;
const MAX_NAME_CHARACTERS = 100;
const name = z
  .string()
  .trim()
  .min(1)
  .max(MAX_NAME_CHARACTERS, { error: "TOO_LONG", abort: true })
  .refine(isStorableText, { error: "INVALID_TEXT" });
const yearInput = z.int().min(MIN_YEAR).max(MAX_YEAR);
const holidayInput = z.strictObject({
  day: z.iso.date({ error: "INVALID_DATE" }),
  name_fr: name,
  name_en: name,
});

/** The holidays of a year, and whether somebody has confirmed them. @throws AppError FORBIDDEN, VALIDATION_ERROR */
export async function listHolidays(
  { database }: Pick<HolidayDeps, "database">,
  actor: Actor,
  year: number,
): Promise<{ holidays: HolidayRow[]; confirmedAt: Date | null; confirmedBy: number | null }> {
  requirePermission(actor, "calendar.manage");
  const parsed = validate(yearInput, year);
  const [holidays, row] = await Promise.all([findHolidaysOf(database, parsed), findYear(database, parsed)]);
  return { holidays, confirmedAt: row?.confirmedAt ?? null, confirmedBy: row?.confirmedBy ?? null };
}

/** Adds a holiday, or gives it other names. Its year is to be confirmed anew. @throws AppError FORBIDDEN, VALIDATION_ERROR */
export async function saveHoliday(deps: HolidayDeps, actor: Actor, input: unknown): Promise<void> {
  requirePermission(actor, "calendar.manage");
  const { day, name_fr: nameFr, name_en: nameEn } = validate(holidayInput, input);
  validate(yearInput, yearOf(day));
  await deps.database.$transaction(async (tx) => {
    await putHoliday(tx, { day, nameFr, nameEn });
    await noteChange(tx, actor, day, { day, name_fr: nameFr, name_en: nameEn });
  });
}

/** Removes a holiday. Its year is to be confirmed anew. @throws AppError FORBIDDEN, NOT_FOUND */
export async function removeHoliday(deps: HolidayDeps, actor: Actor, day: string): Promise<void> {
  requirePermission(actor, "calendar.manage");
  if (!z.iso.date().safeParse(day).success) throw new AppError("NOT_FOUND");
  await deps.database.$transaction(async (tx) => {
    if (!(await deleteHoliday(tx, day))) throw new AppError("NOT_FOUND");
    await noteChange(tx, actor, day, { day });
  });
}

/** Confirms the holidays of a year as they are. @throws AppError FORBIDDEN, VALIDATION_ERROR */
export async function confirmYear(deps: HolidayDeps, actor: Actor, year: number): Promise<void> {
  requirePermission(actor, "calendar.manage");
  const by = requireUser(actor).userId;
  const parsed = validate(yearInput, year);
  await deps.database.$transaction(async (tx) => {
    await setConfirmed(tx, parsed, { by, at: deps.clock.now() });
    await audit(tx, { actor, action: "holidays.confirmed", details: { year: parsed } });
  });
}

async function noteChange(
  tx: Transaction,
  actor: Actor,
  day: string,
  details: Readonly<Record<string, string>>,
): Promise<void> {
  await setConfirmed(tx, yearOf(day), null);
  await audit(tx, { actor, action: "holidays.changed", details });
}

const yearOf = (day: string): number => Number(day.slice(0, 4));
