import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../../features/console/console-context";
import { permissionGroups } from "../../../../../features/roles/permission-groups";
import { NewRolePage } from "../../../../../features/roles/role-page";
import { currentSession, PageTexts } from "../../../../../portal";
import { create } from "../roles.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.roles.create);

export default async function Page() {
  const context = await getPageContext();
  if (!context) return null;
  return (
    <PageTexts groups={["draft"]}>
      <NewRolePage context={context} groups={permissionGroups()} create={create} />
    </PageTexts>
  );
}
