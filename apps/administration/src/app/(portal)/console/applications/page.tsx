import { pageTitle } from "@mgs/portal/page-title";
import { ApplicationsPage } from "../../../../features/console/applications/applications-page";
import { readApplicationsSearch } from "../../../../features/console/applications/applications-search";
import { getPageContext } from "../../../../features/console/console-context";
import { currentSession } from "../../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.applications.title);

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: Props) {
  const [context, query] = await Promise.all([getPageContext(), searchParams]);
  return context && <ApplicationsPage context={context} search={readApplicationsSearch(query)} />;
}
