import { audit } from "@mgs/audit/audit.repository";
import { type Actor, requireUser } from "@mgs/core/actor";
import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import { requiredText } from "@mgs/core/text-schema";
import { validate } from "@mgs/core/validate";
import type { Database, Transaction } from "@mgs/db/client";
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
  { database }: Pick<HolidayDeps, "database">,
  actor: Actor,
  input: unknown,
): Promise<HolidaysOfYear> {
  requirePermission(actor, "calendar.manage");
  const { year } = validate(holidayQuery, input);
  const [{ holidays, version }, row] = await Promise.all([readList(database, year), findYear(database, year)]);
  return {
    ...{ year, holidays, version },
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
  day: string,
  details: Readonly<Record<string, string>>,
): Promise<void> {
  await setConfirmed(tx, yearOf(day), null);
  await audit(tx, { actor, action: "holidays.changed", details });
}

const yearOf = (day: string): number => Number(day.slice(0, 4));
