import { getMaintenance } from "@mgs/maintenance/get-maintenance";
import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import { MaintenancePage } from "../../../../features/console/maintenance/maintenance-page";
import { currentSession, PageTexts } from "../../../../portal";
import { begin, end } from "./maintenance.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.maintenance.title);

export default async function Page() {
  const context = await getPageContext();
  if (!context) return null;
  const { runtime, actor, texts } = context;
  const maintenance = await getMaintenance(runtime, actor);
  return (
    <PageTexts groups={["draft"]}>
      <MaintenancePage
        texts={texts}
        maintenance={maintenance}
        now={runtime.clock.now().getTime()}
        begin={begin}
        end={end}
      />
    </PageTexts>
  );
}
