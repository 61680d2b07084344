import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import { JournalPage } from "../../../../features/console/journal/journal-page";
import { readSearch, type SearchParams } from "../../../../features/console/journal/journal-search";
import { currentSession } from "../../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.journal.title);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await getPageContext();
  if (!context) return null;
  return <JournalPage context={context} search={readSearch(await searchParams, context.texts.timeZone)} />;
}
