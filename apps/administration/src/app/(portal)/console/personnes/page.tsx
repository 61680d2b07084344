import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import type { SearchParams } from "../../../../features/console/invalid-filters";
import { PeoplePage } from "../../../../features/people/people-page";
import { readInvalidPeopleSearch, readPeopleSearch } from "../../../../features/people/people-search";
import { currentSession, PageTexts } from "../../../../portal";
import { bulk } from "./people.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.people.title);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await getPageContext();
  if (!context) return null;
  const params = await searchParams;
  const search = readPeopleSearch(params);
  return (
    <PageTexts groups={["lists"]}>
      <PeoplePage context={context} search={search} invalid={readInvalidPeopleSearch(params, search)} bulk={bulk} />
    </PageTexts>
  );
}
