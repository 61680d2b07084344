import { isScope } from "@mgs/core/scopes";
import { messagesFor } from "@mgs/i18n/catalogue";
import type { ClientDetail } from "@mgs/identity/clients/show-client";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { Fact, Facts } from "../facts";
import type { ConsoleTexts } from "../texts";

/** What is registered of a client that cannot be changed here: a portal's own, or a revoked one. */
export function ApplicationFacts({ texts, client }: { texts: ConsoleTexts; client: ClientDetail }) {
  const { t, locale } = texts;
  const scopeTexts = messagesFor(locale).consent.scopes;
  return (
    <Card>
      <CardHeader title={t("applications.facts.title")} />
      <CardBody>
        <Facts>
          <Fact term={t("applications.form.redirectUris")}>
            <Lines values={client.redirect_uris} none={t("applications.facts.nothing")} />
          </Fact>
          <Fact term={t("applications.form.postLogoutRedirectUris")}>
            <Lines values={client.post_logout_redirect_uris} none={t("applications.facts.nothing")} />
          </Fact>
          <Fact term={t("applications.form.backchannelLogoutUri")}>
            <Lines
              values={client.backchannel_logout_uri === null ? [] : [client.backchannel_logout_uri]}
              none={t("applications.facts.nothing")}
            />
          </Fact>
          <Fact term={t("applications.form.scopes")}>
            <ul className="grid gap-1">
              {client.scopes.filter(isScope).map((scope) => (
                <li key={scope}>{scopeTexts[scope]}</li>
              ))}
            </ul>
          </Fact>
          <Fact term={t("applications.facts.pkce")}>
            {t(client.pkce_exempt ? "applications.facts.pkceExempt" : "applications.facts.pkceRequired")}
          </Fact>
          <Fact term={t("applications.facts.created")}>{texts.dateTime(client.created_at)}</Fact>
          {client.revoked_at === null ? null : (
            <Fact term={t("applications.facts.revoked")}>{texts.dateTime(client.revoked_at)}</Fact>
          )}
        </Facts>
      </CardBody>
    </Card>
  );
}

function Lines({ values, none }: { values: readonly string[]; none: string }) {
  if (values.length === 0) return <span className="text-muted">{none}</span>;
  return (
    <ul className="grid gap-1">
      {values.map((value) => (
        <li key={value} className="break-all font-mono text-sm">
          {value}
        </li>
      ))}
    </ul>
  );
}
