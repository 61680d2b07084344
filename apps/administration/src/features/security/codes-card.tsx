import { ActionButton } from "@mgs/shell/actions/action-button";
import { RecoveryCodeList } from "@mgs/shell/auth/recovery-code-list";
import { FocusOnArrival } from "@mgs/shell/browser/focus-on-arrival";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { LifeBuoy } from "lucide-react";
import { putAwayCodes, renewCodes } from "../../app/profil/securite/security.action";
import type { SecurityView } from "./read-security";

const TITLE_ID = "fresh-codes";

/** The recovery codes of a person: fresh ones once, and how many are left afterwards. */
export function CodesCard({ factors, codes, email, t, factorTexts }: SecurityView) {
  const hasFactor = factors.totpSince !== null || factors.passkeys.length > 0;
  if (codes) {
    return (
      <FocusOnArrival labelledBy={TITLE_ID}>
        <Card>
          <CardHeader icon={<LifeBuoy aria-hidden />} title={factorTexts.codesTitle} id={TITLE_ID} />
          <CardBody className="grid gap-4">
            <p>{factorTexts.codesIntro}</p>
            <RecoveryCodeList codes={codes} account={email} />
            <div>
              <ActionButton action={putAwayCodes}>{factorTexts.kept}</ActionButton>
            </div>
          </CardBody>
        </Card>
      </FocusOnArrival>
    );
  }
  return (
    <Card>
      <CardHeader icon={<LifeBuoy aria-hidden />} title={t("codes")} description={t("codesText")} />
      <CardBody className="flex flex-wrap items-center justify-between gap-4">
        <p>{hasFactor ? t("codesLeft", { count: factors.recoveryCodesLeft }) : t("codesNeedFactor")}</p>
        {hasFactor ? (
          <ActionButton
            variant="secondary"
            action={renewCodes}
            {...(factors.recoveryCodesLeft > 0
              ? {
                  confirm: {
                    title: t("codesRenewTitle"),
                    text: t("codesRenewText"),
                    submit: t("codesRenew"),
                    cancel: t("cancel"),
                    close: t("close"),
                  },
                }
              : {})}
          >
            {t("codesRenew")}
          </ActionButton>
        ) : null}
      </CardBody>
    </Card>
  );
}
