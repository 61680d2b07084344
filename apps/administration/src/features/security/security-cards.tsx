import { changePasswordPath, securityPath } from "@mgs/core/portal-links";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { LockKeyhole } from "lucide-react";
import { CodesCard } from "./codes-card";
import { PasskeysCard } from "./passkeys-card";
import type { SecurityView } from "./read-security";
import { TotpCard } from "./totp-card";

/** Password, passkeys, authenticator app and recovery codes of a person. Fresh codes come first: they are seen once. */
export function SecurityCards(view: SecurityView) {
  const { t, codes } = view;
  return (
    <div className="grid gap-6">
      {codes ? <CodesCard {...view} /> : null}
      <Card>
        <CardHeader
          icon={<LockKeyhole aria-hidden />}
          title={t("password")}
          description={t("passwordText")}
          action={
            <a href={changePasswordPath(securityPath())} className={buttonStyles({ variant: "secondary", size: "sm" })}>
              {t("passwordChange")}
            </a>
          }
        />
      </Card>
      <PasskeysCard {...view} />
      <TotpCard {...view} />
      {codes ? null : <CodesCard {...view} />}
    </div>
  );
}
