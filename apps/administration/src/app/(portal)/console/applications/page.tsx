import { pageTitle } from "@mgs/portal/page-title";
import { ApplicationsPage } from "../../../../features/console/applications/applications-page";
import {
  readApplicationsSearch,
  readInvalidApplicationsSearch,
} from "../../../../features/console/applications/applications-search";
import { getPageContext } from "../../../../features/console/console-context";
import type { SearchParams } from "../../../../features/console/invalid-filters";
import { currentSession } from "../../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.applications.title);

type Props = { searchParams: Promise<SearchParams> };

export default async function Page({ searchParams }: Props) {
  const [context, query] = await Promise.all([getPageContext(), searchParams]);
  if (!context) return null;
  const search = readApplicationsSearch(query);
  return <ApplicationsPage context={context} search={search} invalid={readInvalidApplicationsSearch(query, search)} />;
}
