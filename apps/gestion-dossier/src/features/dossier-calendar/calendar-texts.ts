import { type CalendarDay, MAX_DAY_COUNT } from "@mgs/dossiers/contract/calendar";
import { dossiersPath } from "@mgs/dossiers/links";
import { type ListSearch, listHref } from "@mgs/shell/table/list-query";
import type { DossierTexts } from "../dossier-list/list-context";

/** The words, dates and addresses of the calendar's days. */
export function calendarTexts({ t, locale, number }: DossierTexts, values: ListSearch["values"]) {
  const format = (options: Intl.DateTimeFormatOptions) => {
    const dates = new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" });
    return (day: string) => dates.format(new Date(`${day}T00:00:00Z`));
  };
  const month = format({ month: "long", year: "numeric" });
  const long = format({ weekday: "long", day: "numeric", month: "long" });
  const { month: _, ...filter } = values;
  return {
    t,
    /** `novembre 2026`. */
    title: (of: string) => month(`${of}-01`),
    long,
    weekday: format({ weekday: "short" }),
    longWeekday: format({ weekday: "long" }),
    /** The list of a day's dossiers, with the filters of the calendar. */
    listOf: ({ day }: Pick<CalendarDay, "day">) =>
      listHref(dossiersPath(), filter, {
        due_from: day,
        due_before: Temporal.PlainDate.from(day).add({ days: 1 }).toString(),
        sort: "-priority",
      }),
    /** Names a day with the number of its dossiers. */
    nameOf: ({ day, count }: CalendarDay) =>
      count > MAX_DAY_COUNT
        ? t("calendar.dayMany", { day: long(day), count: number(MAX_DAY_COUNT) })
        : t("calendar.day", { day: long(day), count }),
    /** What the calendar does not show of a day; null when it shows all. */
    restOf({ day, count, items }: CalendarDay): { text: string; label: string } | null {
      if (count <= items.length) return null;
      const rest = Math.min(count, MAX_DAY_COUNT) - items.length;
      if (count <= MAX_DAY_COUNT)
        return {
          text: t("calendar.more", { count: number(rest) }),
          label: t("calendar.moreOf", { count: rest, day: long(day) }),
        };
      return {
        text: t("calendar.moreMany", { count: number(rest) }),
        label: t("calendar.moreManyOf", { count: number(rest), day: long(day) }),
      };
    },
  };
}
export type CalendarTexts = ReturnType<typeof calendarTexts>;
