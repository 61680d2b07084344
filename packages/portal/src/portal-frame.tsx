import { portalsOpenTo } from "@mgs/identity/permissions";
import { type Session, sessionActor } from "@mgs/identity/portal-session";
import { touchUserSession } from "@mgs/identity/sessions/user-sessions.repository";
import { maintenanceReader } from "@mgs/maintenance/maintenance-reader";
import { can } from "@mgs/maintenance/permissions";
import { listInbox } from "@mgs/notifications/list-inbox";
import { toNavItems } from "@mgs/shell/layout/nav-items";
import { PortalRefusedPage } from "@mgs/shell/portal-refused-page";
import { PortalShell } from "@mgs/shell/portal-shell";
import { ShellProviders } from "@mgs/shell/providers";
import type { ReactNode } from "react";
import type { Entry } from "./navigation";
import { PageTexts } from "./page-texts";
import type { Runtime } from "./runtime";

type PortalFrameProps = {
  runtime: Runtime;
  session: Session;
  /** Entries of the pages that the visitor may open. */
  pages: readonly Entry[];
  children: ReactNode;
};

/** Renders the frame of every page behind the sign-in, or a refusal when the role does not open this portal. */
export async function PortalFrame({ runtime, session, pages, children }: PortalFrameProps) {
  const { portal, portalUrls, pusher, logger } = runtime;
  const { user, userSessionId } = session;
  const portals = portalsOpenTo(user).map((name) => ({ portal: name, url: portalUrls[name] }));
  const roleName = user.roleNames[user.locale];
  if (!session.mayOpen)
    return (
      <PageTexts session={async () => session} groups={["refused"]}>
        <PortalRefusedPage portal={portal} user={{ name: user.name, roleName }} portals={portals} />
      </PageTexts>
    );
  touchUserSession(runtime.database, { id: userSessionId }, runtime.clock.now()).catch((error: unknown) => {
    logger.warn({ err: error }, "the session's last visit was not noted");
  });
  // The page renders without an inbox that cannot be read, since the bell fetches it by itself.
  const inbox = await listInbox(runtime, sessionActor(session, portal)).catch((error: unknown) => {
    logger.error({ err: error }, "the inbox could not be read for a page");
    return null;
  });
  const maintenance = await maintenanceReader(runtime.database).read();
  const { id, name, email, locale, theme, timeZone } = user;
  return (
    <PageTexts session={async () => session} groups={["maintenance", "notifications", "sessionEnd"]}>
      <ShellProviders
        user={{ id, name, email, roleName, locale, theme, timeZone }}
        userSessionId={userSessionId}
        portal={portal}
        portals={portals}
        pusher={pusher}
        initialInbox={inbox}
        isImpersonated={session.impersonation != null}
      >
        <PortalShell
          navItems={toNavItems(pages)}
          maintenance={maintenance}
          renderedAt={runtime.clock.now().getTime()}
          mayPassMaintenance={can(sessionActor(session, portal), "maintenance.pass")}
          isImpersonated={session.impersonation != null}
        >
          {children}
        </PortalShell>
      </ShellProviders>
    </PageTexts>
  );
}
