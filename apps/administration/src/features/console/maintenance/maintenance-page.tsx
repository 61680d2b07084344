import { isUnderWay, type MaintenanceDto } from "@mgs/maintenance/contract/maintenance";
import { ActionButton } from "@mgs/shell/actions/action-button";
import { ActionField } from "@mgs/shell/actions/action-form";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { DraftedActionForm } from "@mgs/shell/actions/drafted-action-form";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Alert } from "@mgs/ui/alert";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import type { ComponentProps } from "react";
import type { ConsoleTexts } from "../texts";

type MaintenancePageProps = {
  texts: ConsoleTexts;
  maintenance: MaintenanceDto | null;
  now: number;
  begin: ComponentProps<typeof DraftedActionForm>["action"];
  end: () => Promise<ActionResult>;
};

/** `/console/maintenance`: whether the portals are open, and the switch. */
export function MaintenancePage({ texts, maintenance, now, begin, end }: MaintenancePageProps) {
  const { t } = texts;
  const isClosed = maintenance !== null && isUnderWay(maintenance, now);
  return (
    <div className="max-w-3xl">
      <PageHeader title={t("maintenance.title")} intro={t("maintenance.intro")} />
      <div className="grid gap-6">
        {maintenance === null ? (
          <Alert tone="success">{t("maintenance.state.open")}</Alert>
        ) : (
          <Alert
            tone="warning"
            title={t(isClosed ? "maintenance.state.closed" : "maintenance.state.announced", {
              time: texts.dateTime(maintenance.starts_at),
            })}
          >
            <p>{maintenance.message}</p>
            {maintenance.expected_end === null ? null : (
              <p>{t("maintenance.state.expected", { time: texts.dateTime(maintenance.expected_end) })}</p>
            )}
            <div className="mt-3">
              <ActionButton
                action={end}
                confirm={{
                  title: t("maintenance.endTitle"),
                  text: t("maintenance.endText"),
                  submit: t(isClosed ? "maintenance.end" : "maintenance.cancel"),
                  cancel: t("cancel"),
                  close: t("close"),
                }}
              >
                {t(isClosed ? "maintenance.end" : "maintenance.cancel")}
              </ActionButton>
            </div>
          </Alert>
        )}
        <Card>
          <CardHeader title={t(maintenance === null ? "maintenance.submit" : "maintenance.replace")} />
          <CardBody>
            <DraftedActionForm
              draft="console.maintenance"
              action={begin}
              submit={t("maintenance.submit")}
              submitVariant="danger"
              resets
            >
              <ActionField
                name="message"
                label={t("maintenance.message")}
                description={t("maintenance.messageHint")}
                maxLength={500}
                required
              />
              <div className="grid grid-cols-1 items-start gap-4 sm:grid-cols-2">
                <ActionField
                  name="starts_at"
                  type="datetime-local"
                  label={t("maintenance.startsAt")}
                  description={t("maintenance.startsAtHint")}
                />
                <ActionField
                  name="expected_end"
                  type="datetime-local"
                  label={t("maintenance.expectedEnd")}
                  description={t("maintenance.expectedEndHint")}
                />
                <ActionField
                  name="retry_seconds"
                  type="number"
                  inputMode="numeric"
                  min={1}
                  max={86_400}
                  defaultValue="60"
                  label={t("maintenance.retry")}
                />
                <ActionField
                  name="confirmation"
                  label={t("maintenance.confirm", { word: t("maintenance.word") })}
                  autoComplete="off"
                  spellCheck={false}
                  data-draft="never"
                />
              </div>
            </DraftedActionForm>
          </CardBody>
        </Card>
      </div>
    </div>
  );
}
