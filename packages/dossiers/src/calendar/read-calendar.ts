import { isWorkingDay } from "@mgs/calendar/contract/working-days";
import { findHolidaysBetween } from "@mgs/calendar/holidays.repository";
import { type Actor, requireScope } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { visibleDossiers } from "../access.repository";
import { DAY_DOSSIERS, type DossierCalendar, MAX_DAY_COUNT } from "../contract/calendar";
import { type DossierDeps, todayOf } from "../deps";
import { queryOf, readSummaries } from "../record/list-dossiers";
import { readDueDays } from "./calendar.repository";
import { calendarQuery } from "./calendar-query";

/**
 * The due dates of a month: of open dossiers that pass the filters and that the actor sees. Its weeks are whole, so it begins and ends with some
 * days of the months beside it.
 * @throws AppError INSUFFICIENT_SCOPE, VALIDATION_ERROR
 */
export async function readCalendar(deps: DossierDeps, actor: Actor, input: unknown): Promise<DossierCalendar> {
  requireScope(actor, "dossiers:read");
  const { month: asked, ...filter } = validate(calendarQuery, input);
  const today = todayOf(deps.clock);
  const month = Temporal.PlainYearMonth.from(asked ?? today.slice(0, 7));
  const first = month.toPlainDate({ day: 1 });
  const last = month.toPlainDate({ day: month.daysInMonth });
  const from = first.subtract({ days: first.dayOfWeek - 1 });
  const to = last.add({ days: 7 - last.dayOfWeek });
  const stretch = { from: from.toString(), to: to.toString() };
  // Each day is read by itself, and its dossiers are few: gathered ids would be compared one by one with each of them.
  const query = { ...queryOf(actor, filter, today), visible: visibleDossiers(actor) };
  const [rows, holidays] = await Promise.all([
    readDueDays(deps.database, query, { ...stretch, shown: DAY_DOSSIERS, limit: MAX_DAY_COUNT + 1 }),
    findHolidaysBetween(deps.database, stretch.from, stretch.to),
  ]);
  const due = new Map(rows.map((row) => [row.day, row]));
  const summaries = await readSummaries(
    deps,
    actor,
    rows.flatMap(({ ids }) => ids),
  );
  const dossiers = new Map(summaries.map((dossier) => [dossier.id, dossier]));
  const names = new Map(
    holidays.map(({ day, nameFr, nameEn }) => [day, actor.kind === "user" && actor.locale === "en" ? nameEn : nameFr]),
  );
  const free = new Set(names.keys());
  return {
    month: month.toString(),
    previous: month.subtract({ months: 1 }).toString(),
    next: month.add({ months: 1 }).toString(),
    today,
    days: Array.from({ length: from.until(to).days + 1 }, (_, place) => {
      const date = from.add({ days: place });
      const day = date.toString();
      const row = due.get(day);
      return {
        ...{ day, isWorkingDay: isWorkingDay(date, free), holiday: names.get(day) ?? null, count: row?.count ?? 0 },
        items: (row?.ids ?? []).flatMap((id) => dossiers.get(id) ?? []),
      };
    }),
  };
}
