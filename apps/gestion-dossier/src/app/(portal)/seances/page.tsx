import { listSeances, type SeancePage } from "@mgs/dossiers/seances/list-seances";
import { seanceQuery } from "@mgs/dossiers/seances/seance-input";
import { messagesFor } from "@mgs/i18n/catalogue";
import { type ListSearch, readListSearch, type SearchParams } from "@mgs/shell/table/list-query";
import type { Metadata } from "next";
import { z } from "zod";
import { getSeancesContext, type SeancesContext } from "../../../features/seances/seance-context";
import { SEANCE_LISTS, type SeanceList, SeancesPage } from "../../../features/seances/seances-page";
import { requireSession } from "../../../portal";

export async function generateMetadata(): Promise<Metadata> {
  const { user } = await requireSession();
  return { title: messagesFor(user.locale).dossierWork.seances.title };
}

/** What the address may have: the search of the API, its pages, and which of the lists. */
const addressQuery = seanceQuery
  .pick({ search: true, after: true, before: true })
  .extend({ liste: z.enum(SEANCE_LISTS).default("upcoming") });

export default async function Page({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const context = await getSeancesContext();
  const { values, invalid } = readListSearch(addressQuery, await searchParams);
  // A cursor or a list that somebody made up leads to the first page.
  const search = { values, invalid: { ...(invalid.search && { search: invalid.search }) } };
  const list = SEANCE_LISTS.find((name) => name === values.liste) ?? "upcoming";
  const page = invalid.search === undefined ? await readPage(context, list, values) : null;
  return <SeancesPage {...{ context, list, search, page }} />;
}

function readPage(
  { runtime, actor }: SeancesContext,
  list: SeanceList,
  { liste: _, after, before, ...words }: ListSearch["values"],
): Promise<SeancePage> {
  const query = { ...queryOf(list, runtime.clock.now()), ...words };
  const cursor = { ...(after && { after }), ...(before && { before }) };
  return listSeances(runtime, actor, { ...query, ...cursor }).catch(() => listSeances(runtime, actor, query));
}

function queryOf(list: SeanceList, now: Date): Record<string, string> {
  if (list === "deleted") return { deleted: "true", sort: "-starts" };
  return list === "past"
    ? { before_time: now.toISOString(), sort: "-starts" }
    : { from: now.toISOString(), sort: "starts" };
}
