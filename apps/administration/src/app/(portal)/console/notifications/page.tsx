import { pageTitle } from "@mgs/portal/page-title";
import { visitConsole } from "../../../../features/console/guard";
import { SentPage } from "../../../../features/console/sent/sent-page";
import { readSearch, type SearchParams } from "../../../../features/console/sent/sent-search";
import { currentSession } from "../../../../portal";
import { retry, retryAll } from "./retry.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.sent.title);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const visit = await visitConsole();
  if (!visit) return null;
  return (
    <SentPage
      visit={visit}
      search={readSearch(await searchParams, visit.texts.timeZone)}
      retry={retry}
      retryAll={retryAll}
    />
  );
}
