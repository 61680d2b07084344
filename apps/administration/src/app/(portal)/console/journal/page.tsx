import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import type { SearchParams } from "../../../../features/console/invalid-filters";
import { JournalPage } from "../../../../features/console/journal/journal-page";
import { readInvalid, readSearch } from "../../../../features/console/journal/journal-search";
import { currentSession } from "../../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.journal.title);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await getPageContext();
  if (!context) return null;
  const params = await searchParams;
  const search = readSearch(params, context.texts.timeZone);
  return <JournalPage context={context} search={search} invalid={readInvalid(params, search)} />;
}
