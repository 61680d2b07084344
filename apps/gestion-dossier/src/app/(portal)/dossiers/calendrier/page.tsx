import { calendarQuery } from "@mgs/dossiers/calendar/calendar-query";
import { pageTitle } from "@mgs/portal/page-title";
import { readListSearch, type SearchParams } from "@mgs/shell/table/list-query";
import { CalendarPage } from "../../../../features/dossier-calendar/calendar-page";
import { getListContext } from "../../../../features/dossier-list/list-context";
import { currentSession, PageTexts } from "../../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.dossiers.calendar.title);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await getListContext();
  return (
    <PageTexts groups={["lists"]}>
      <CalendarPage context={context} search={readListSearch(calendarQuery, await searchParams)} />
    </PageTexts>
  );
}
