import { MESSAGING_PORTS } from "@mgs/business/modules";
import { MessagesPage } from "@mgs/portal/messages/messages-page";
import { pageTitle } from "@mgs/portal/page-title";
import { currentSession, PageTexts, portal, requireSession } from "../../../../portal";

type Props = { params: Promise<{ id: string }>; searchParams: Promise<{ message?: string | string[] }> };

export const generateMetadata = () => pageTitle(currentSession, (t) => t.messages.title);

export default async function Page({ params, searchParams }: Props) {
  const session = await requireSession();
  const [{ id }, { message }] = await Promise.all([params, searchParams]);
  return (
    <PageTexts groups={["messages", "comments", "documents", "sendForm"]}>
      <MessagesPage
        runtime={portal.runtime()}
        actor={portal.actorOf(session)}
        ports={MESSAGING_PORTS}
        conversationId={id}
        messageId={typeof message === "string" ? message : undefined}
      />
    </PageTexts>
  );
}
