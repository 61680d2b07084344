import type { CalendarDay, DossierCalendar } from "@mgs/dossiers/contract/calendar";
import { cn } from "@mgs/ui/cn";
import Link from "next/link";
import type { CalendarTexts } from "./calendar-texts";
import { DayDossiers } from "./day-dossiers";

type CalendarGridProps = { calendar: DossierCalendar; texts: CalendarTexts };

/** The month as a table of weeks, from Monday on; narrow screens have an agenda instead. */
export function CalendarGrid({ calendar, texts }: CalendarGridProps) {
  const { t, title, weekday, longWeekday } = texts;
  const { days, month } = calendar;
  const weeks = Array.from({ length: days.length / 7 }, (_, week) => days.slice(week * 7, week * 7 + 7));
  return (
    <table aria-label={t("calendar.grid", { month: title(month) })} className="w-full table-fixed max-lg:hidden">
      <thead>
        <tr>
          {weeks[0]?.map(({ day }) => (
            <th key={day} scope="col" className="px-3 py-2 text-start font-medium text-muted text-xs">
              <span aria-hidden>{weekday(day)}</span>
              <span className="sr-only">{longWeekday(day)}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]?.day} className="border-line border-t">
            {week.map((one) => (
              <DayCell key={one.day} one={one} calendar={calendar} texts={texts} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

type DayCellProps = { one: CalendarDay; calendar: DossierCalendar; texts: CalendarTexts };

function DayCell({ one, calendar: { month, today }, texts }: DayCellProps) {
  const { long, listOf, nameOf } = texts;
  const { day, holiday, isWorkingDay, count } = one;
  const isToday = day === today;
  const number = (
    <time
      dateTime={day}
      aria-hidden
      className={cn(
        "inline-flex size-7 items-center justify-center rounded-full text-sm tabular-nums",
        isToday && "bg-accent font-semibold text-white",
        !isToday && !day.startsWith(month) && "text-muted",
      )}
    >
      {Number(day.slice(8))}
    </time>
  );
  return (
    <td
      aria-current={isToday ? "date" : undefined}
      className={cn("h-28 border-line p-1.5 align-top not-first:border-s", !isWorkingDay && "bg-subtle/60")}
    >
      <div className="flex items-center gap-1.5">
        {count === 0 ? (
          <>
            {number}
            <span className="sr-only">{long(day)}</span>
          </>
        ) : (
          <Link href={listOf(one)} prefetch={false} aria-label={nameOf(one)} className="rounded-full hover:bg-subtle">
            {number}
          </Link>
        )}
        {holiday === null ? null : <span className="min-w-0 break-words text-muted text-xs">{holiday}</span>}
      </div>
      <DayDossiers one={one} texts={texts} />
    </td>
  );
}
