import { listDevices } from "@mgs/identity/devices/list-devices";
import { RecentDevices } from "@mgs/portal/devices/recent-devices";
import { pageTitle } from "@mgs/portal/page-title";
import { summarizeHealth } from "@mgs/portal/system-health";
import { DashboardPage } from "@mgs/shell/dashboard-page";
import { toNavItems } from "@mgs/shell/layout/nav-items";
import { currentSession, PageTexts, portal, requireSession } from "../../../portal";

/** Devices that the dashboard shows. */
const RECENT_DEVICES = 3;

export const generateMetadata = () => pageTitle(currentSession, (t) => t.shell.nav.dashboard);

export default async function Dashboard() {
  const session = await requireSession();
  const runtime = portal.runtime();
  const health = summarizeHealth(runtime, session);
  const { id: userId, locale } = session.user;
  const [{ quickActions }, { live }] = await Promise.all([
    portal.entries(session),
    listDevices(runtime, portal.actorOf(session), { userId, locale, limit: RECENT_DEVICES }),
  ]);
  return (
    <PageTexts groups={["dashboard"]}>
      <DashboardPage
        quickActions={toNavItems(quickActions)}
        recentDevices={<RecentDevices devices={live} locale={locale} />}
        {...(health && { health })}
      />
    </PageTexts>
  );
}
