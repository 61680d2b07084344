import { readCalendar } from "@mgs/dossiers/calendar/read-calendar";
import type { DossierCalendar } from "@mgs/dossiers/contract/calendar";
import { dossierCalendarPath } from "@mgs/dossiers/links";
import { listFilterChoices } from "@mgs/dossiers/record/list-filter-choices";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { liveListChannels } from "@mgs/records/lists/live-list";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { ListKeys } from "@mgs/shell/table/list-keys";
import { type ListSearch, listHref } from "@mgs/shell/table/list-query";
import { LiveList } from "@mgs/shell/table/live-list";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { EmptyState } from "@mgs/ui/empty-state";
import { ChevronLeft, ChevronRight, FunnelX } from "lucide-react";
import Link from "next/link";
import type { ListContext } from "../dossier-list/list-context";
import { ViewFilters } from "../dossier-list/view-filters";
import { ViewSwitch } from "../dossier-list/view-switch";
import { CalendarAgenda } from "./calendar-agenda";
import { CalendarGrid } from "./calendar-grid";
import { type CalendarTexts, calendarTexts } from "./calendar-texts";

type CalendarPageProps = { context: ListContext; search: ListSearch };

/** `/dossiers/calendrier`: the due dates of a month, of the open dossiers that the visitor sees. */
export async function CalendarPage({ context, search }: CalendarPageProps) {
  const { actor, runtime, texts } = context;
  const { t, lists } = texts;
  const { values, invalid } = search;
  const isInvalid = Object.keys(invalid).length > 0;
  const [calendar, choices] = await Promise.all([
    isInvalid ? null : readCalendar(runtime, actor, values),
    listFilterChoices(runtime, actor, values, { asks: false }),
  ]);
  const dayTexts = calendarTexts(texts, values);
  return (
    <ListKeys>
      <PageHeader
        title={t("calendar.title")}
        intro={t("calendar.intro")}
        actions={<ViewSwitch texts={texts} current="calendar" values={values} />}
      />
      <Card className="mb-4">
        <ViewFilters texts={texts} search={search} choices={choices} path={dossierCalendarPath()} kept="month" />
      </Card>
      <Card>
        {calendar === null ? (
          <EmptyState icon={<FunnelX />} title={lists("invalid.title")} text={lists("invalid.hint")} />
        ) : (
          <>
            <MonthBar
              calendar={calendar}
              texts={dayTexts}
              values={values}
              channels={liveListChannels(dossierSubject, actor)}
            />
            <CalendarGrid calendar={calendar} texts={dayTexts} />
            <CalendarAgenda calendar={calendar} texts={dayTexts} />
          </>
        )}
      </Card>
    </ListKeys>
  );
}

type MonthBarProps = {
  calendar: DossierCalendar;
  texts: CalendarTexts;
  values: ListSearch["values"];
  channels: readonly string[];
};

/** The month, the ways to others, and the news of the calendar. */
function MonthBar({ calendar, texts: { t, title }, values, channels }: MonthBarProps) {
  const hrefOf = (month: string | undefined) => listHref(dossierCalendarPath(), values, { month });
  const step = buttonStyles({ variant: "secondary", size: "sm" });
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 border-line border-b px-4 py-3 sm:px-6">
      <h2 className="font-semibold first-letter:uppercase">{title(calendar.month)}</h2>
      <LiveList channels={channels} announces />
      <nav aria-label={t("calendar.months")} className="flex items-center gap-2">
        <Link href={hrefOf(calendar.previous)} prefetch={false} aria-label={t("calendar.previous")} className={step}>
          <ChevronLeft aria-hidden className="rtl:rotate-180" />
        </Link>
        <Link href={hrefOf(undefined)} prefetch={false} className={step}>
          {t("calendar.today")}
        </Link>
        <Link href={hrefOf(calendar.next)} prefetch={false} aria-label={t("calendar.next")} className={step}>
          <ChevronRight aria-hidden className="rtl:rotate-180" />
        </Link>
      </nav>
    </div>
  );
}
