import { MESSAGING_PORTS } from "@mgs/business/modules";
import { MessagesPage } from "@mgs/portal/messages/messages-page";
import { pageTitle } from "@mgs/portal/page-title";
import { currentSession, PageTexts, portal, requireSession } from "../../../portal";

type Props = { searchParams: Promise<{ write?: string | string[]; to?: string | string[] }> };

export const generateMetadata = () => pageTitle(currentSession, (t) => t.messages.title);

export default async function Page({ searchParams }: Props) {
  const session = await requireSession();
  const { write, to } = await searchParams;
  return (
    <PageTexts groups={["messages", "comments", "documents", "sendForm"]}>
      <MessagesPage
        runtime={portal.runtime()}
        actor={portal.actorOf(session)}
        ports={MESSAGING_PORTS}
        write={write === "true"}
        to={typeof to === "string" ? to : undefined}
      />
    </PageTexts>
  );
}
