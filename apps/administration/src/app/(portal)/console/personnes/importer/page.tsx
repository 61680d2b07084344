import { can } from "@mgs/identity/permissions";
import { pageTitle } from "@mgs/portal/page-title";
import { notFound } from "next/navigation";
import { getPageContext } from "../../../../../features/console/console-context";
import { ImportFormPage, readImportRefusal } from "../../../../../features/people-import/import-form-page";
import { currentSession } from "../../../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.peopleImport.title);

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: PageProps) {
  const context = await getPageContext();
  if (!context) return null;
  if (!can(context.actor, "accounts.import")) notFound();
  return <ImportFormPage context={context} refusal={readImportRefusal(await searchParams)} />;
}
