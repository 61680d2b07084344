import { audit } from "@mgs/audit/audit.repository";
import { type Actor, requireUser } from "@mgs/core/actor";
import type { Clock } from "@mgs/core/clock";
import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { requiredText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import type { Database, Transaction } from "@mgs/db/client";
import { z } from "zod";
import type { AbsenceDeps } from "../absences/absence-deps";
import {
  type DeletedHolidayRow,
  findDeletedHolidaysOf,
  findHolidaysOf,
  findYear,
  type HolidayRow,
  markHolidayDeleted,
  putHoliday,
  setConfirmed,
  unmarkHolidayDeleted,
} from "../holidays.repository";
import { requirePermission } from "../permissions";
import { HOLIDAY_RESTORE_SECONDS } from "../retention";

type HolidayDeps = Pick<AbsenceDeps, "database" | "clock">;

const MIN_YEAR = 2020;
const MAX_YEAR = 2100;
const MAX_NAME_CHARACTERS = 100;
const name = requiredText(MAX_NAME_CHARACTERS);
const yearInput = z
  .int({ error: "INVALID_NUMBER" })
  .min(MIN_YEAR, { error: "INVALID_NUMBER" })
  .max(MAX_YEAR, { error: "INVALID_NUMBER" });
export const holidayQuery = z.strictObject({
  year: z.coerce
    .number<string | number>({ error: "INVALID_NUMBER" })
    .pipe(yearInput)
    .meta({ examples: [2027] }),
});
export const holidayNames = z.strictObject({ name_fr: name, name_en: name });
export const confirmationInput = z.strictObject({
  version: z
    .string({ error: "REQUIRED" })
    .regex(/^[\w-]{43}$/, { error: "INVALID_ID" })
    .meta({ description: "Of the list that was looked at" }),
});
const holidayInput = z.strictObject({
  day: z.iso.date({ error: "INVALID_DATE" }),
  name_fr: name,
  name_en: name,
});

/** The holidays of a year; `version` tells one list of days and names from another. */
export type HolidaysOfYear = {
  year: number;
  holidays: HolidayRow[];
  /** Those that were taken away and can be restored. */
  deleted: DeletedHolidayRow[];
  version: string;
  confirmedAt: Date | null;
  confirmedBy: number | null;
};

async function readList(database: Database | Transaction, year: number) {
  const holidays = await findHolidaysOf(database, year);
  return { holidays, version: sha256(JSON.stringify(holidays.map((row) => [row.day, row.nameFr, row.nameEn]))) };
}

/** The holidays of a year, and whether somebody has confirmed them. @throws AppError FORBIDDEN, VALIDATION_ERROR */
export async function listHolidays(
  { database, clock }: HolidayDeps,
  actor: Actor,
  input: unknown,
): Promise<HolidaysOfYear> {
  requirePermission(actor, "calendar.manage");
  const { year } = validate(holidayQuery, input);
  const [{ holidays, version }, deleted, row] = await Promise.all([
    readList(database, year),
    findDeletedHolidaysOf(database, year, oldestRestorable(clock)),
    findYear(database, year),
  ]);
  return {
    ...{ year, holidays, deleted, version },
    confirmedAt: row?.confirmedAt ?? null,
    confirmedBy: row?.confirmedBy ?? null,
  };
}

/** Adds a holiday, or gives it other names. Its year is to be confirmed anew. @throws AppError FORBIDDEN, VALIDATION_ERROR */
export async function saveHoliday(deps: HolidayDeps, actor: Actor, input: unknown): Promise<void> {
  requirePermission(actor, "calendar.manage");
  const { day, name_fr: nameFr, name_en: nameEn } = validate(holidayInput, input);
  validate(yearInput, yearOf(day));
  await deps.database.$transaction(async (tx) => {
    await putHoliday(tx, { day, nameFr, nameEn });
    await noteChange(tx, actor, "holidays.changed", { day, nameFr, nameEn });
  });
}

/** Removes a holiday, which can be restored for 30 days. Its year is to be confirmed anew. @throws AppError FORBIDDEN, NOT_FOUND */
export async function removeHoliday(deps: HolidayDeps, actor: Actor, day: string): Promise<void> {
  requirePermission(actor, "calendar.manage");
  requireDay(day);
  await deps.database.$transaction(async (tx) => {
    if (!(await markHolidayDeleted(tx, day, deps.clock.now()))) throw new AppError("NOT_FOUND");
    await noteChange(tx, actor, "holidays.removed", { day });
  });
}

/**
 * Restores a holiday that was removed in the last 30 days. Its year is to be confirmed anew.
 * @throws AppError FORBIDDEN; NOT_FOUND, also for a day that is not removed
 */
export async function restoreHoliday(deps: HolidayDeps, actor: Actor, day: string): Promise<HolidayRow> {
  requirePermission(actor, "calendar.manage");
  requireDay(day);
  return deps.database.$transaction(async (tx) => {
    const restored = await unmarkHolidayDeleted(tx, day, oldestRestorable(deps.clock));
    if (!restored) throw new AppError("NOT_FOUND");
    await noteChange(tx, actor, "holidays.restored", restored);
    return restored;
  });
}

/**
 * Confirms the holidays of a year as the caller has seen them.
 * @param input the `version` of that list
 * @throws AppError FORBIDDEN, VALIDATION_ERROR; CONFLICT where somebody has changed the list since
 */
export async function confirmYear(deps: HolidayDeps, actor: Actor, year: number, input: unknown): Promise<void> {
  requirePermission(actor, "calendar.manage");
  const by = requireUser(actor).userId;
  const parsed = validate(yearInput, year);
  const { version } = validate(confirmationInput, input);
  await deps.database.$transaction(async (tx) => {
    // The row is locked first: a change of the list waits, or is in the list that is read.
    await setConfirmed(tx, parsed, { by, at: deps.clock.now() });
    if ((await readList(tx, parsed)).version !== version) throw new AppError("CONFLICT");
    await audit(tx, { actor, action: "holidays.confirmed", details: { year: parsed } });
  });
}

async function noteChange(
  tx: Transaction,
  actor: Actor,
  action: "holidays.changed" | "holidays.removed" | "holidays.restored",
  { day, nameFr, nameEn }: Pick<HolidayRow, "day"> & Partial<HolidayRow>,
): Promise<void> {
  await setConfirmed(tx, yearOf(day), null);
  const names = nameFr === undefined || nameEn === undefined ? {} : { name_fr: nameFr, name_en: nameEn };
  await audit(tx, { actor, action, details: { day, ...names } });
}

function requireDay(day: string): void {
  if (!z.iso.date().safeParse(day).success) throw new AppError("NOT_FOUND");
}

const oldestRestorable = (clock: Clock): Date => new Date(clock.now().getTime() - HOLIDAY_RESTORE_SECONDS * 1_000);

const yearOf = (day: string): number => Number(day.slice(0, 4));
