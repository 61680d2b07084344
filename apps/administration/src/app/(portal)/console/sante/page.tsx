import { pageTitle } from "@mgs/portal/page-title";
import { visitConsole } from "../../../../features/console/guard";
import { HealthHeader, HealthParts } from "../../../../features/console/health/health-page";
import { LiveRegion } from "../../../../features/console/live-region";
import { currentSession, PageTexts } from "../../../../portal";
import { read } from "./health.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.health.title);

const EVERY = 15;

export default async function Page() {
  const visit = await visitConsole();
  if (!visit) return null;
  const { t, dateTime } = visit.texts;
  return (
    <PageTexts groups={["dashboard"]}>
      <HealthHeader visit={visit} />
      <LiveRegion
        read={read}
        everySeconds={EVERY}
        note={t("queues.live", { seconds: EVERY })}
        staleNote={t("queues.stale", { time: dateTime(new Date().toISOString()) })}
      >
        <HealthParts visit={visit} />
      </LiveRegion>
    </PageTexts>
  );
}
