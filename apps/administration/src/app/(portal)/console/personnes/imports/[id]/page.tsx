import { showPeopleImport } from "@mgs/identity/people-imports/show-people-import";
import { can } from "@mgs/identity/permissions";
import { listRoleChoices } from "@mgs/identity/roles/list-roles";
import { pageTitle } from "@mgs/portal/page-title";
import { notFound } from "next/navigation";
import { getPageContext } from "../../../../../../features/console/console-context";
import { orNotFound } from "../../../../../../features/people/or-not-found";
import { SHOWN_OUTCOMES } from "../../../../../../features/people-import/import-lines";
import { ImportResultPage } from "../../../../../../features/people-import/import-result-page";
import { currentSession } from "../../../../../../portal";
import { applyImport } from "../../people.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.peopleImport.title);

type PageProps = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export default async function Page({ params, searchParams }: PageProps) {
  const context = await getPageContext();
  if (!context) return null;
  const { runtime, actor, texts } = context;
  if (!can(actor, "accounts.import")) notFound();
  const { id } = await params;
  const { lignes, apres } = await searchParams;
  const after = Number(apres);
  const page = { after: Number.isInteger(after) && after > 0 && after < 2 ** 31 ? after : 0 };
  const show = (outcome: (typeof SHOWN_OUTCOMES)[number]) =>
    orNotFound(showPeopleImport(runtime, actor, { importId: id, outcomes: [outcome], ...page }));
  const asked = SHOWN_OUTCOMES.find((outcome) => outcome === lignes);
  let file = await show(asked ?? "bad");
  // Without a choice in the address: what has to be corrected, else what is new, else what changes.
  const shown = asked ?? (file.problems > 0 ? "bad" : file.creates > 0 ? "create" : "change");
  if (shown !== (asked ?? "bad")) file = await show(shown);
  const roles = await listRoleChoices(runtime, actor);
  const roleNames = new Map(roles.map(({ slug, names }) => [slug, names[texts.locale]]));
  return (
    <ImportResultPage {...{ context, file, shown, roleNames }} after={page.after} apply={applyImport.bind(null, id)} />
  );
}
