import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import { HealthHeader, HealthParts } from "../../../../features/console/health/health-page";
import { LiveRegion } from "../../../../features/console/live-region";
import { currentSession, PageTexts } from "../../../../portal";
import { read } from "./health.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.health.title);

const REFRESH_SECONDS = 15;

export default async function Page() {
  const context = await getPageContext();
  if (!context) return null;
  const { t, dateTime } = context.texts;
  return (
    <PageTexts groups={["dashboard"]}>
      <HealthHeader context={context} />
      <LiveRegion
        read={read}
        refreshSeconds={REFRESH_SECONDS}
        note={t("queues.live", { seconds: REFRESH_SECONDS })}
        staleNote={t("queues.stale", { time: dateTime(new Date().toISOString()) })}
      >
        <HealthParts context={context} />
      </LiveRegion>
    </PageTexts>
  );
}
