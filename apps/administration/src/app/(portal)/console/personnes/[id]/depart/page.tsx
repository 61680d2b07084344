import { listHoldings } from "@mgs/identity/leaving/list-holdings";
import { showPerson } from "@mgs/identity/people/list-people";
import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../../../features/console/console-context";
import type { SearchParams } from "../../../../../../features/console/invalid-filters";
import { findPerson } from "../../../../../../features/console/people/find-person";
import { holdings } from "../../../../../../features/people/holdings";
import { LeavingPage } from "../../../../../../features/people/leaving-page";
import { orNotFound, readPersonId } from "../../../../../../features/people/or-not-found";
import { readText } from "../../../../../../features/people/people-search";
import { currentSession } from "../../../../../../portal";
import { leave } from "../../people.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.people.person.leaving);

type Props = { params: Promise<{ id: string }>; searchParams: Promise<SearchParams> };

export default async function Page({ params, searchParams }: Props) {
  const context = await getPageContext();
  if (!context) return null;
  const { runtime, actor, texts } = context;
  const userId = readPersonId((await params).id);
  const search = readText(await searchParams, "to", 100);
  const person = await orNotFound(showPerson(runtime, actor, userId));
  const [held, successor] = await Promise.all([
    listHoldings({ ...runtime, holdings: holdings() }, actor, userId),
    findPerson(context, search),
  ]);
  const isSelf = actor.userId === userId;
  return <LeavingPage {...{ texts, person, isSelf, holdings: held, successor, search, leave }} />;
}
