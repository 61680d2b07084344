import { MESSAGING_PORTS } from "@mgs/business/modules";
import { MessagesPage } from "@mgs/portal/messages/messages-page";
import { pageTitle } from "@mgs/portal/page-title";
import { currentSession, PageTexts, portal, requireSession } from "../../../portal";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.messages.title);

export default async function Page() {
  const session = await requireSession();
  return (
    <PageTexts groups={["messages", "comments", "documents", "sendForm"]}>
      <MessagesPage runtime={portal.runtime()} actor={portal.actorOf(session)} ports={MESSAGING_PORTS} />
    </PageTexts>
  );
}
