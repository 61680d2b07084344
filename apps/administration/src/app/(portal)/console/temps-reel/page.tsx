import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import { RealtimePage } from "../../../../features/console/realtime/realtime-page";
import { readRealtimeSearch } from "../../../../features/console/realtime/realtime-search";
import { currentSession, PageTexts } from "../../../../portal";
import { disconnect, readChannels, readFigures, readPerson, send } from "./realtime.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.realtime.title);

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function Page({ searchParams }: Props) {
  const [context, query] = await Promise.all([getPageContext(), searchParams]);
  if (!context) return null;
  return (
    <PageTexts groups={["draft"]}>
      <RealtimePage
        context={context}
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
