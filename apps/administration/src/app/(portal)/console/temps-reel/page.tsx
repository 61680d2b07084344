import { pageTitle } from "@mgs/portal/page-title";
import { visitConsole } from "../../../../features/console/guard";
import { RealtimePage } from "../../../../features/console/realtime/realtime-page";
import { readRealtimeSearch } from "../../../../features/console/realtime/realtime-search";
import { currentSession, PageTexts } from "../../../../portal";
import { disconnect, readChannels, readFigures, readPerson, send } from "./realtime.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.realtime.title);

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: Props) {
  const [visit, query] = await Promise.all([visitConsole(), searchParams]);
  if (!visit) return null;
  return (
    <PageTexts groups={["draft"]}>
      <RealtimePage
        visit={visit}
        search={readRealtimeSearch(query)}
        readFigures={readFigures}
        readChannels={readChannels}
        readPerson={readPerson}
        send={send}
        disconnect={disconnect}
      />
    </PageTexts>
  );
}
