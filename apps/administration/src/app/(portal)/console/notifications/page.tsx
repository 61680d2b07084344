import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import { SentPage } from "../../../../features/console/sent/sent-page";
import { readSearch, type SearchParams } from "../../../../features/console/sent/sent-search";
import { currentSession } from "../../../../portal";
import { retry, retryAll } from "./retry.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.sent.title);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await getPageContext();
  if (!context) return null;
  return (
    <SentPage
      context={context}
      search={readSearch(await searchParams, context.texts.timeZone)}
      retry={retry}
      retryAll={retryAll}
    />
  );
}
