import type { getSessionLifetimes } from "@mgs/identity/session-lifetimes/get-session-lifetimes";
import type { SessionLifetime } from "@mgs/identity/session-lifetimes/session-lifetimes";
import { ActionField, ActionForm } from "@mgs/shell/actions/action-form";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import type { ComponentProps } from "react";
import type { ConsoleTexts } from "../texts";
import { toDuration } from "./duration";
import { LifetimeField } from "./lifetime-field";

const GROUPS = {
  short: ["idle", "absolute"],
  long: ["remembered_idle", "remembered_absolute"],
  tokens: ["access_token", "refresh_token", "portal_session"],
} as const satisfies Record<string, readonly SessionLifetime[]>;

type Action = ComponentProps<typeof ActionForm>["action"];

type SessionsPageProps = {
  texts: ConsoleTexts;
  sessions: Awaited<ReturnType<typeof getSessionLifetimes>>;
  save: Action;
  /** Null for those who may not end the sessions of everybody. */
  endAll: Action | null;
};

/** `/console/sessions`: how long sign-ins and tokens last, and the end of all sign-ins. */
export function SessionsPage({ texts, sessions, save, endAll }: SessionsPageProps) {
  const { t, messages } = texts;
  const { lifetimes, live, version } = sessions;
  const { groups, units } = messages.console.sessions;
  return (
    <div className="max-w-3xl">
      <PageHeader title={t("sessions.title")} intro={t("sessions.intro")} />
      <div className="grid gap-6">
        <Card>
          <CardBody>
            <p className="font-semibold">{t("sessions.live", { sessions: live.sessions })}</p>
            {live.sessions > 0 ? (
              <p className="mt-1 text-muted">
                {t("sessions.livePeople", { people: live.people, remembered: live.remembered })}
              </p>
            ) : null}
          </CardBody>
        </Card>
        <ActionForm action={save} submit={t("sessions.save")}>
          <input type="hidden" name="version" value={version} />
          <div className="grid gap-6">
            {(Object.keys(GROUPS) as (keyof typeof GROUPS)[]).map((group) => (
              <Card key={group}>
                <CardHeader title={groups[group]} />
                <CardBody className="grid gap-6 sm:grid-cols-2">
                  {GROUPS[group].map((name) => (
                    <LifetimeField
                      key={name}
                      name={name}
                      label={t(`sessions.fields.${name}`)}
                      description={t(`sessions.explained.${name}`)}
                      {...toDuration(lifetimes[name])}
                      unitLabel={t("sessions.unit", { field: `${groups[group]}, ${t(`sessions.fields.${name}`)}` })}
                      units={units}
                    />
                  ))}
                </CardBody>
              </Card>
            ))}
          </div>
          <p className="text-muted text-sm">{t("sessions.note")}</p>
        </ActionForm>
        {endAll ? (
          <Card>
            <CardHeader title={t("sessions.everyone")} />
            <CardBody className="grid gap-4">
              <p className="text-muted">{t("sessions.everyoneText")}</p>
              <ActionForm action={endAll} submit={t("sessions.everyone")} submitVariant="danger" resets>
                <ActionField
                  name="confirmation"
                  label={t("sessions.confirm", { phrase: t("sessions.phrase") })}
                  autoComplete="off"
                  spellCheck={false}
                  className="max-w-md"
                  required
                />
              </ActionForm>
            </CardBody>
          </Card>
        ) : null}
      </div>
    </div>
  );
}
