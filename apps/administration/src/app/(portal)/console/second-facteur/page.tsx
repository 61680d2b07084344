import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import { SecondFactorRoles } from "../../../../features/console/second-factor/second-factor-roles";
import { currentSession } from "../../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.secondFactor.title);

/** `/console/second-facteur`: the roles whose people need a second factor. */
export default async function Page() {
  const context = await getPageContext();
  return context && <SecondFactorRoles context={context} />;
}
