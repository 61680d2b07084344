import { sessionActor } from "@mgs/identity/portal-session";
import { PortalFrame } from "@mgs/portal/portal-frame";
import type { ReactNode } from "react";
import { consoleNav } from "../../features/console/console-nav";
import { portal, requireSession } from "../../portal";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const session = await requireSession();
  return (
    <PortalFrame
      runtime={portal.runtime()}
      session={session}
      navItems={consoleNav(sessionActor(session, "administration"))}
    >
      {children}
    </PortalFrame>
  );
}
