import { sessionActor } from "@mgs/identity/portal-session";
import { can } from "@mgs/notifications/permissions";
import { pageTitle } from "@mgs/portal/page-title";
import { SendNotificationForm } from "@mgs/shell/send-notification-form";
import { currentSession, PageTexts, requireSession } from "../../../../portal";
import { send } from "./send.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.sendForm.title);

export default async function Page() {
  const actor = sessionActor(await requireSession(), "administration");
  return (
    <PageTexts groups={["sendForm", "draft", "validation"]}>
      <SendNotificationForm action={send} several={can(actor, "notification.send-to-several")} />
    </PageTexts>
  );
}
