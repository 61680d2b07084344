import { PortalFrame } from "@mgs/portal/portal-frame";
import type { ReactNode } from "react";
import { composition, requireSession } from "../../composition";
import { consoleNav } from "../../features/console/console-nav";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const session = await requireSession();
  return (
    <PortalFrame runtime={(await composition()).runtime} session={session} navItems={consoleNav(session.user)}>
      {children}
    </PortalFrame>
  );
}
