import { can } from "@mgs/identity/permissions";
import { getSessionLifetimes } from "@mgs/identity/session-lifetimes/get-session-lifetimes";
import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import { SessionsPage } from "../../../../features/console/sessions/sessions-page";
import { currentSession } from "../../../../portal";
import { endAll, save } from "./sessions.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.sessions.title);

export default async function Page() {
  const context = await getPageContext();
  if (!context) return null;
  const { runtime, actor, texts } = context;
  return (
    <SessionsPage
      texts={texts}
      sessions={await getSessionLifetimes(runtime, actor)}
      save={save}
      endAll={can(actor, "sessions.end-everyone") ? endAll : null}
    />
  );
}
