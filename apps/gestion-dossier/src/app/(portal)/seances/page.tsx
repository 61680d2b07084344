import { listSeances } from "@mgs/dossiers/seances/list-seances";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { Metadata } from "next";
import { getSeancesContext } from "../../../features/seances/seance-context";
import { SEANCE_LISTS, type SeanceList, SeancesPage } from "../../../features/seances/seances-page";
import { requireSession } from "../../../portal";

export async function generateMetadata(): Promise<Metadata> {
  const { user } = await requireSession();
  return { title: messagesFor(user.locale).dossierWork.seances.title };
}

type Search = Readonly<Record<string, string | string[] | undefined>>;

export default async function Page({ searchParams }: { searchParams: Promise<Search> }) {
  const context = await getSeancesContext();
  const search = await searchParams;
  const list = SEANCE_LISTS.find((name) => name === search.liste) ?? "upcoming";
  const { runtime, actor } = context;
  const cursor = {
    ...(typeof search.after === "string" ? { after: search.after } : {}),
    ...(typeof search.before === "string" ? { before: search.before } : {}),
  };
  const query = queryOf(list, runtime.clock.now());
  // A cursor that somebody made up leads to the first page.
  const page = await listSeances(runtime, actor, { ...query, ...cursor }).catch(() =>
    listSeances(runtime, actor, query),
  );
  return <SeancesPage context={context} list={list} page={page} />;
}

function queryOf(list: SeanceList, now: Date): Record<string, string> {
  if (list === "deleted") return { deleted: "true", sort: "-starts" };
  return list === "past"
    ? { before_time: now.toISOString(), sort: "-starts" }
    : { from: now.toISOString(), sort: "starts" };
}
