import { pageTitle } from "@mgs/portal/page-title";
import { ReconnectedPage } from "@mgs/shell/reconnected-page";
import { currentSession, requireSession } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.sessionEnd.back);

export default async function Page() {
  await requireSession();
  return <ReconnectedPage />;
}
