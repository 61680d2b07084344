import { can } from "@mgs/identity/permissions";
import { pageTitle } from "@mgs/portal/page-title";
import { notFound } from "next/navigation";
import { NewApplicationPage } from "../../../../../features/console/applications/new-application-page";
import { getPageContext } from "../../../../../features/console/console-context";
import { currentSession, PageTexts } from "../../../../../portal";
import { create } from "../applications.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.applications.form.createTitle);

export default async function Page() {
  const context = await getPageContext();
  if (!context) return null;
  if (!can(context.actor, "clients.manage")) notFound();
  return (
    <PageTexts groups={["draft"]}>
      <NewApplicationPage context={context} create={create} />
    </PageTexts>
  );
}
