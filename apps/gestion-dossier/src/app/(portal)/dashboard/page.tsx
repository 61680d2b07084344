import { pageTitle } from "@mgs/portal/page-title";
import { summarizeHealth } from "@mgs/portal/system-health";
import { DashboardPage } from "@mgs/shell/dashboard-page";
import { toNavItems } from "@mgs/shell/layout/nav-items";
import { currentSession, PageTexts, portal, requireSession } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.shell.nav.dashboard);

export default async function Dashboard() {
  const session = await requireSession();
  const health = summarizeHealth(portal.runtime(), session);
  const { quickActions } = await portal.entries(session);
  return (
    <PageTexts groups={["dashboard"]}>
      <DashboardPage quickActions={toNavItems(quickActions)} {...(health && { health })} />
    </PageTexts>
  );
}
