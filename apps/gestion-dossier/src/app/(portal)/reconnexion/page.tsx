import { ReconnectedPage } from "@mgs/shell/reconnected-page";
import { pageTitle } from "@mgs/shell/server/page-title";
import { currentSession, requireSession } from "../../../composition";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.shell.sessionEnd.back);

export default async function Page() {
  await requireSession();
  return <ReconnectedPage />;
}
