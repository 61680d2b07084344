"use client";
import type { Scope } from "@mgs/core/scopes";
import { Card } from "@mgs/ui/card";
import { EmptyState } from "@mgs/ui/empty-state";
import { AppWindow, Check } from "lucide-react";
import { ActionButton } from "./actions/action-button";
import type { ActionResult } from "./actions/action-result";
import { useTranslations } from "./intl";
import { PageHeader } from "./layout/page-header";
import { RelativeTime } from "./time/relative";

/** What a person allows one application. */
export type ConsentItem = {
  client_id: string;
  client_name: string;
  scopes: readonly Scope[];
  /** ISO 8601. */
  given_at: string;
  last_used_at: string | null;
};

type ConsentsPageProps = {
  consents: readonly ConsentItem[];
  withdraw: (clientId: string) => Promise<ActionResult>;
};

/** `/profil/applications`: the applications that a person has given access to, and a button that takes it back. */
export function ConsentsPage({ consents, withdraw }: ConsentsPageProps) {
  const t = useTranslations("consents");
  return (
    <div className="max-w-3xl">
      <PageHeader title={t("title")} intro={t("intro")} />
      <Card>
        {consents.length === 0 ? (
          <EmptyState icon={<AppWindow />} title={t("none")} text={t("noneText")} />
        ) : (
          <ul aria-label={t("list")} className="divide-y divide-line">
            {consents.map((consent) => (
              <Consent key={consent.client_id} consent={consent} withdraw={withdraw} />
            ))}
          </ul>
        )}
      </Card>
    </div>
  );
}

type ConsentProps = { consent: ConsentItem; withdraw: ConsentsPageProps["withdraw"] };

function Consent({ consent, withdraw }: ConsentProps) {
  const t = useTranslations("consents");
  const describe = useTranslations("consent");
  const client = consent.client_name;
  return (
    <li data-consent={consent.client_id} className="grid gap-4 p-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:p-6">
      <div className="min-w-0">
        <h2 className="break-words font-semibold">
          <bdi>{client}</bdi>
        </h2>
        <p className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-muted text-xs">
          <span>
            {t("since")} <RelativeTime iso={consent.given_at} />
          </span>
          <span>
            {t("lastUsed")} {consent.last_used_at === null ? t("never") : <RelativeTime iso={consent.last_used_at} />}
          </span>
        </p>
        <p className="mt-4 font-medium">{t("can")}</p>
        <ul className="mt-2 grid gap-1">
          {consent.scopes.map((scope) => (
            <li key={scope} className="flex items-start gap-2">
              <Check aria-hidden className="mt-0.5 size-4 shrink-0 text-accent-ink" />
              <span className="min-w-0 break-words">{describe(`scopes.${scope}`)}</span>
            </li>
          ))}
        </ul>
      </div>
      <div>
        <ActionButton
          variant="secondary"
          label={t("withdrawOf", { client })}
          action={() => withdraw(consent.client_id)}
          confirm={{
            title: t("confirmTitle", { client }),
            text: t("confirmText"),
            submit: t("withdraw"),
            cancel: t("cancel"),
            close: t("close"),
            danger: true,
          }}
        >
          {t("withdraw")}
        </ActionButton>
      </div>
    </li>
  );
}
