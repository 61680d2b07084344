import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../../features/console/console-context";
import { InvitePage } from "../../../../../features/people/invite-page";
import { currentSession, PageTexts } from "../../../../../portal";
import { invite } from "../people.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.people.invite);

export default async function Page() {
  const context = await getPageContext();
  if (!context) return null;
  return (
    <PageTexts groups={["draft"]}>
      <InvitePage context={context} invite={invite} />
    </PageTexts>
  );
}
