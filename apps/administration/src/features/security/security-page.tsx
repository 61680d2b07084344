import { PageHeader } from "@mgs/shell/layout/page-header";
import { CodesCard } from "./codes-card";
import { PasskeysCard } from "./passkeys-card";
import type { SecurityView } from "./read-security";
import { TotpCard } from "./totp-card";

/** Passkeys, authenticator app and recovery codes of the person who is signed in. */
export function SecurityPage(view: SecurityView) {
  const { t } = view;
  return (
    <div className="max-w-3xl">
      <PageHeader title={t("title")} intro={t("intro")} />
      <div className="grid gap-6">
        <CodesCard {...view} />
        <PasskeysCard {...view} />
        <TotpCard {...view} />
      </div>
    </div>
  );
}
