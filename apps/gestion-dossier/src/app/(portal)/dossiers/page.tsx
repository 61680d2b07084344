import { VIEW_PORTS } from "@mgs/business/modules";
import { dossierQuery, dossierViewQuery } from "@mgs/dossiers/dossier-filter";
import { dossierList } from "@mgs/dossiers/dossiers.repository";
import { pageTitle } from "@mgs/portal/page-title";
import { listViews } from "@mgs/records/views/list-views";
import { readListSearch, type SearchParams } from "@mgs/shell/table/list-query";
import { DossiersPage } from "../../../features/dossier-list/dossiers-page";
import { getListContext } from "../../../features/dossier-list/list-context";
import { currentSession, PageTexts } from "../../../portal";
import { bulk } from "./bulk.action";
import { remove, rename, restore, save, share, update } from "./views.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.dossiers.title);

/** What the address may have: the query of the API, and the columns. How many rows a page has is the page's own. */
const addressQuery = dossierQuery.omit({ limit: true }).extend(dossierViewQuery.pick({ columns: true }).shape);

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await getListContext();
  const viewsOf = (query: object) =>
    listViews(context.runtime, context.actor, VIEW_PORTS, { list: dossierList.name, ...query });
  const [views, deletedViews] = await Promise.all([viewsOf({}), viewsOf({ deleted: "true" })]);
  return (
    <PageTexts groups={["lists", "sendForm"]}>
      <DossiersPage
        context={context}
        search={readListSearch(addressQuery, await searchParams)}
        views={views}
        deletedViews={deletedViews}
        viewActions={{ save, rename, update, share, remove, restore }}
        bulk={bulk}
      />
    </PageTexts>
  );
}
