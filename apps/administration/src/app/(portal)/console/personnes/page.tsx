import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import { PeoplePage } from "../../../../features/people/people-page";
import { readPeopleSearch, type SearchParams } from "../../../../features/people/people-search";
import { currentSession } from "../../../../portal";
import { bulk } from "./people.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.people.title);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await getPageContext();
  if (!context) return null;
  return <PeoplePage context={context} search={readPeopleSearch(await searchParams)} bulk={bulk} />;
}
