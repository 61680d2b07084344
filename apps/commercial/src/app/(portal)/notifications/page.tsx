import { pageTitle } from "@mgs/portal/page-title";
import { InboxPage } from "@mgs/shell/inbox-page";
import { currentSession, requireSession } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.notifications.title);

export default async function Page() {
  await requireSession();
  return <InboxPage />;
}
