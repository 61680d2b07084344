import { pageTitle } from "@mgs/portal/page-title";
import { loadSystemHealth } from "@mgs/portal/system-health";
import { DashboardPage } from "@mgs/shell/dashboard-page";
import { currentSession, portal, requireSession } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.shell.nav.dashboard);

export default async function Dashboard() {
  const { user } = await requireSession();
  if (user.role !== "administrateur") return <DashboardPage />;
  const runtime = portal.runtime();
  const health = loadSystemHealth(runtime, user.locale).catch(() => null);
  return <DashboardPage health={health} />;
}
