import { InboxPage } from "@mgs/shell/inbox-page";
import { pageTitle } from "@mgs/shell/server/page-title";
import { currentSession, requireSession } from "../../../composition";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.notifications.title);

export default async function Page() {
  await requireSession();
  return <InboxPage />;
}
