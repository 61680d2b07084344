import { listConsents } from "@mgs/identity/consents/list-consents";
import { sessionActor } from "@mgs/identity/portal-session";
import { pageTitle } from "@mgs/portal/page-title";
import { ConsentsPage } from "@mgs/shell/consents-page";
import { currentSession, PageTexts, portal, requireSession } from "../../../../portal";
import { withdraw } from "./consents.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.consents.title);

export default async function Page() {
  const session = await requireSession();
  const actor = sessionActor(session, "administration");
  const consents = await listConsents(portal.runtime(), actor, { userId: session.user.id });
  return (
    <PageTexts groups={["consent", "consents"]}>
      <ConsentsPage consents={consents} withdraw={withdraw} />
    </PageTexts>
  );
}
