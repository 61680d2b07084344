import { pageTitle } from "@mgs/portal/page-title";
import { summarizeHealth } from "@mgs/portal/system-health";
import { DashboardPage } from "@mgs/shell/dashboard-page";
import { currentSession, PageTexts, portal, requireSession } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.shell.nav.dashboard);

export default async function Dashboard() {
  const health = summarizeHealth(portal.runtime(), await requireSession());
  return (
    <PageTexts groups={["dashboard"]}>
      <DashboardPage {...(health && { health })} />
    </PageTexts>
  );
}
