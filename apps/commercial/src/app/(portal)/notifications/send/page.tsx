import { pageTitle } from "@mgs/portal/page-title";
import { SendNotificationForm } from "@mgs/shell/send-notification-form";
import { currentSession, PageTexts, requireSession } from "../../../../portal";
import { send } from "./send.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.sendForm.title);

export default async function Page() {
  await requireSession();
  return (
    <PageTexts groups={["sendForm", "draft", "validation"]}>
      <SendNotificationForm action={send} />
    </PageTexts>
  );
}
