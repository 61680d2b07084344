import { PortalFrame } from "@mgs/portal/portal-frame";
import type { ReactNode } from "react";
import { composition, requireSession } from "../../composition";

export default async function PortalLayout({ children }: { children: ReactNode }) {
  const session = await requireSession();
  return (
    <PortalFrame runtime={composition().runtime} session={session}>
      {children}
    </PortalFrame>
  );
}
