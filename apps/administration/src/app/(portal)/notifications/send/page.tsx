import { pageTitle } from "@mgs/portal/page-title";
import { SendNotificationForm } from "@mgs/shell/send-notification-form";
import { currentSession, requireSession } from "../../../../portal";
import { send } from "./send.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.notifications.send.title);

export default async function Page() {
  const { user } = await requireSession();
  return <SendNotificationForm action={send} several={user.role === "administrateur"} />;
}
