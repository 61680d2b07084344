import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import { RolesPage } from "../../../../features/roles/roles-page";
import { currentSession } from "../../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.roles.title);

export default async function Page() {
  const context = await getPageContext();
  return context && <RolesPage context={context} />;
}
