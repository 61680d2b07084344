import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import type { SearchParams } from "../../../../features/console/invalid-filters";
import { SentPage } from "../../../../features/console/sent/sent-page";
import { readInvalid, readSearch } from "../../../../features/console/sent/sent-search";
import { currentSession } from "../../../../portal";
import { retry, retryAll } from "./retry.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.sent.title);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await getPageContext();
  if (!context) return null;
  const params = await searchParams;
  const search = readSearch(params, context.texts.timeZone);
  return (
    <SentPage
      context={context}
      search={search}
      invalid={readInvalid(params, search)}
      retry={retry}
      retryAll={retryAll}
    />
  );
}
