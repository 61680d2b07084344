import { applicationsPath } from "@mgs/console/links";
import { MAX_COUNTED_USES } from "@mgs/identity/clients/client-uses.repository";
import { kindOf } from "@mgs/identity/clients/search-clients";
import type { ClientDetail } from "@mgs/identity/clients/show-client";
import { can } from "@mgs/identity/permissions";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { FormValues } from "@mgs/shell/actions/form-values";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { RelativeTime } from "@mgs/shell/time/relative";
import { Alert } from "@mgs/ui/alert";
import { Badge } from "@mgs/ui/badge";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import type { ReactNode } from "react";
import { BackLink } from "../back-link";
import type { ConsoleContext } from "../console-context";
import type { ConsoleTexts } from "../texts";
import { ApplicationFacts } from "./application-facts";
import { EditApplicationForm, RotateSecretForm, type SecretAction } from "./application-forms";
import { applicationTexts, secretTexts } from "./application-texts";

export type ApplicationActions = {
  save: (clientId: string, values: FormValues) => Promise<ActionResult>;
  rotate: (clientId: string, ...given: Parameters<SecretAction>) => ReturnType<SecretAction>;
  endPrevious: (clientId: string) => Promise<ActionResult>;
  revoke: (clientId: string) => Promise<ActionResult>;
};

type ApplicationPageProps = { context: ConsoleContext; client: ClientDetail; actions: ApplicationActions };

const OVERLAPS = ["0", "3600", "86400", "604800", "2592000"] as const;

/** `/console/applications/{id}`: one client with its use, its secret, its addresses and its end. */
export function ApplicationPage({ context, client, actions }: ApplicationPageProps) {
  const { texts, actor } = context;
  const { t } = texts;
  const isOurs = client.first_party;
  const isOpen = !isOurs && !client.revoked && can(actor, "clients.manage");
  const kind = kindOf({ firstParty: isOurs, machine: client.machine });
  return (
    <div className="max-w-4xl">
      <BackLink href={applicationsPath()}>{t("applications.back")}</BackLink>
      <PageHeader
        title={client.name}
        intro={<span className="break-all font-mono text-sm">{client.client_id}</span>}
        actions={
          <>
            <Badge tone={isOurs ? "accent" : "neutral"}>{t(`applications.kind.${kind}`)}</Badge>
            {client.pkce_exempt ? <Badge tone="warning">{t("applications.pkceExempt")}</Badge> : null}
            {client.revoked ? <Badge tone="danger">{t("applications.state.revoked")}</Badge> : null}
          </>
        }
      />
      <div className="grid gap-6">
        {isOurs ? <Alert>{t("applications.portalNote")}</Alert> : null}
        {client.revoked ? <Alert tone="warning">{t("applications.revokedNote")}</Alert> : null}
        <Use texts={texts} client={client} />
        {isOpen ? <Credentials texts={texts} client={client} actions={actions} /> : null}
        {isOpen ? (
          <Card>
            <CardHeader title={t("applications.edit.title")} />
            <CardBody>
              <EditApplicationForm
                clientId={client.client_id}
                version={client.version}
                save={actions.save.bind(null, client.client_id)}
                values={{
                  name: client.name,
                  redirectUris: client.redirect_uris,
                  postLogoutRedirectUris: client.post_logout_redirect_uris,
                  backchannelLogoutUri: client.backchannel_logout_uri ?? "",
                  scopes: client.scopes,
                  pkceExempt: client.pkce_exempt,
                }}
                texts={{ ...applicationTexts(texts, false), submit: t("applications.form.save") }}
              />
            </CardBody>
          </Card>
        ) : (
          <ApplicationFacts texts={texts} client={client} />
        )}
        {isOpen ? <Revocation texts={texts} client={client} revoke={actions.revoke} /> : null}
      </div>
    </div>
  );
}

function Use({ texts, client }: { texts: ConsoleTexts; client: ClientDetail }) {
  const { t } = texts;
  const counted = (count: number) =>
    count > MAX_COUNTED_USES
      ? t("applications.use.more", { count: texts.number(MAX_COUNTED_USES) })
      : texts.number(count);
  return (
    <Card>
      <CardHeader title={t("applications.use.title")} />
      <CardBody>
        <dl className="grid grid-cols-2 gap-x-6 gap-y-4 lg:grid-cols-4">
          <Figure term={t("applications.use.signIns")}>{texts.number(client.sign_ins)}</Figure>
          <Figure term={t("applications.use.liveTokens")}>{counted(client.live_tokens)}</Figure>
          <Figure term={t("applications.use.consents")}>{counted(client.consents)}</Figure>
          <Figure term={t("applications.use.lastUsed")}>
            {client.last_used_at === null ? t("applications.never") : <RelativeTime iso={client.last_used_at} />}
          </Figure>
        </dl>
      </CardBody>
    </Card>
  );
}

function Figure({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-muted text-xs">{term}</dt>
      <dd className="mt-1 break-words font-semibold tabular-nums">{children}</dd>
    </div>
  );
}

type PartProps = { texts: ConsoleTexts; client: ClientDetail };

function Credentials({ texts, client, actions }: PartProps & { actions: ApplicationActions }) {
  const { t } = texts;
  const id = client.client_id;
  return (
    <Card>
      <CardHeader title={t("applications.credentials.title")} description={t("applications.credentials.text")} />
      <CardBody className="grid gap-6">
        {client.previous_secret_until === null ? null : (
          <div className="grid gap-3">
            <Alert tone="warning">
              {t("applications.credentials.previousUntil", { date: texts.dateTime(client.previous_secret_until) })}
            </Alert>
            <ActionButton
              variant="secondary"
              className="justify-self-start"
              action={actions.endPrevious.bind(null, id)}
              confirm={{
                title: t("applications.credentials.endPreviousTitle"),
                text: t("applications.credentials.endPreviousText"),
                submit: t("applications.credentials.endPrevious"),
                cancel: t("cancel"),
                close: t("close"),
              }}
            >
              {t("applications.credentials.endPrevious")}
            </ActionButton>
          </div>
        )}
        <RotateSecretForm
          rotate={actions.rotate.bind(null, id)}
          texts={{
            submit: t("applications.credentials.rotate"),
            overlap: t("applications.credentials.overlap"),
            overlaps: OVERLAPS.map((value) => ({ value, label: t(`applications.credentials.overlaps.${value}`) })),
          }}
          secretTexts={secretTexts(texts, client.name)}
        />
      </CardBody>
    </Card>
  );
}

function Revocation({ texts, client, revoke }: PartProps & { revoke: ApplicationActions["revoke"] }) {
  const { t } = texts;
  return (
    <Card>
      <CardHeader title={t("applications.revoke.title")} description={t("applications.revoke.text")} />
      <CardBody>
        <ActionButton
          variant="danger"
          action={revoke.bind(null, client.client_id)}
          confirm={{
            title: t("applications.revoke.confirmTitle", { name: client.name }),
            text: t("applications.revoke.confirmText"),
            submit: t("applications.revoke.action"),
            cancel: t("cancel"),
            close: t("close"),
            danger: true,
          }}
        >
          {t("applications.revoke.title")}
        </ActionButton>
      </CardBody>
    </Card>
  );
}
