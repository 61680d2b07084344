import { PortalFrame } from "@mgs/portal/portal-frame";
import type { ReactNode } from "react";
import { portal, requireSession } from "../../portal";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const session = await requireSession();
  const { pages } = await portal.entries(session);
  return (
    <PortalFrame runtime={portal.runtime()} session={session} pages={pages}>
      {children}
    </PortalFrame>
  );
}
