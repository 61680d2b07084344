import { AccountFrame } from "@mgs/portal/account-frame";
import type { ReactNode } from "react";
import { portal, requireSession } from "../../../portal";

export default async function AccountLayout({ children }: { children: ReactNode }) {
  const session = await requireSession();
  const { account } = await portal.entries(session);
  return (
    <AccountFrame locale={session.user.locale} entries={account}>
      {children}
    </AccountFrame>
  );
}
