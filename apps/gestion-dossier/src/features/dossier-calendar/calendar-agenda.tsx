import type { CalendarDay, DossierCalendar } from "@mgs/dossiers/contract/calendar";
import { Badge } from "@mgs/ui/badge";
import { EmptyState } from "@mgs/ui/empty-state";
import { CalendarCheck } from "lucide-react";
import Link from "next/link";
import type { CalendarTexts } from "./calendar-texts";
import { DayDossiers } from "./day-dossiers";

type CalendarAgendaProps = { calendar: DossierCalendar; texts: CalendarTexts };

/** The days of the month on which something is due or that are holidays, one below the other, for narrow screens. */
export function CalendarAgenda({ calendar: { days, month, today }, texts }: CalendarAgendaProps) {
  const { t, title } = texts;
  const shown = days.filter(({ day, count, holiday }) => day.startsWith(month) && (count > 0 || holiday !== null));
  return (
    <div className="lg:hidden">
      {shown.length === 0 ? (
        <EmptyState icon={<CalendarCheck />} title={t("calendar.empty")} text={t("calendar.emptyText")} />
      ) : (
        <ol aria-label={t("calendar.grid", { month: title(month) })} className="divide-y divide-line">
          {shown.map((one) => (
            <AgendaDay key={one.day} one={one} isToday={one.day === today} texts={texts} />
          ))}
        </ol>
      )}
    </div>
  );
}

type AgendaDayProps = { one: CalendarDay; isToday: boolean; texts: CalendarTexts };

function AgendaDay({ one, isToday, texts }: AgendaDayProps) {
  const { t, long, listOf, nameOf } = texts;
  const date = (
    <time dateTime={one.day} className="inline-block font-medium first-letter:uppercase">
      {long(one.day)}
    </time>
  );
  return (
    <li aria-current={isToday ? "date" : undefined} className="grid gap-2 px-4 py-3 sm:px-6">
      <div className="flex flex-wrap items-center gap-2">
        {one.count === 0 ? (
          date
        ) : (
          <Link
            href={listOf(one)}
            prefetch={false}
            aria-label={nameOf(one)}
            className="inline-flex min-h-control-sm items-center hover:underline"
          >
            {date}
          </Link>
        )}
        {isToday ? <Badge tone="accent">{t("calendar.today")}</Badge> : null}
        {one.holiday === null ? null : <span className="text-muted text-sm">{one.holiday}</span>}
      </div>
      <DayDossiers one={one} texts={texts} />
    </li>
  );
}
