import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import { TotpSetUp } from "@mgs/shell/auth/totp-set-up";
import { FocusOnArrival } from "@mgs/shell/browser/focus-on-arrival";
import { Badge } from "@mgs/ui/badge";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Smartphone } from "lucide-react";
import { cancelTotp, confirmTotp, removeTotp, startTotp } from "../../app/profil/securite/security.action";
import type { SecurityView } from "./read-security";

const TITLE_ID = "authenticator-app";

/** The authenticator app of a person: its set-up, its change and its removal. */
export function TotpCard({ factors, waiting, t, date, factorTexts }: SecurityView) {
  const since = factors.totpSince;
  return (
    <Card>
      <CardHeader
        icon={<Smartphone aria-hidden />}
        title={t("totp")}
        id={TITLE_ID}
        description={t("totpText")}
        action={
          <Badge tone={since ? "success" : "neutral"}>
            {since ? t("totpOn", { date: date(since) }) : t("totpOff")}
          </Badge>
        }
      />
      <CardBody className="grid gap-6">
        {waiting ? (
          <FocusOnArrival labelledBy={TITLE_ID}>
            <ActionForm
              action={confirmTotp}
              submit={t("totpConfirm")}
              className="max-w-md"
              actions={
                <ActionButton variant="secondary" action={cancelTotp}>
                  {t("totpCancel")}
                </ActionButton>
              }
            >
              <TotpSetUp text={waiting.text} qr={waiting.qr} texts={factorTexts} />
              <ActionField
                name="code"
                label={factorTexts.confirm}
                autoComplete="one-time-code"
                inputMode="numeric"
                maxLength={9}
                required
              />
            </ActionForm>
          </FocusOnArrival>
        ) : (
          <div className="flex flex-wrap gap-3">
            <ActionButton variant={since ? "secondary" : "primary"} action={startTotp}>
              {since ? t("totpReplace") : t("totpSetUp")}
            </ActionButton>
            {since ? (
              <ActionButton
                variant="secondary"
                action={removeTotp}
                confirm={{
                  title: t("removeTotpTitle"),
                  text: t("removeTotpText"),
                  submit: t("remove"),
                  cancel: t("cancel"),
                  close: t("close"),
                  danger: true,
                }}
              >
                {t("remove")}
              </ActionButton>
            ) : null}
          </div>
        )}
      </CardBody>
    </Card>
  );
}
