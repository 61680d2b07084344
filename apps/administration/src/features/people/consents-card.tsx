import { messagesFor } from "@mgs/i18n/catalogue";
import type { ConsentDto } from "@mgs/identity/consents/list-consents";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { EmptyState } from "@mgs/ui/empty-state";
import { AppWindow } from "lucide-react";
import type { ConsoleTexts } from "../console/texts";

type ConsentsCardProps = {
  texts: ConsoleTexts;
  name: string;
  consents: readonly ConsentDto[];
  withdraw: (clientId: string) => Promise<ActionResult>;
};

/** The applications of others to which a person gave access, each with a button that takes it back. */
export function ConsentsCard({ texts, name, consents, withdraw }: ConsentsCardProps) {
  const { t, locale } = texts;
  const { scopes } = messagesFor(locale).consent;
  const question = (client: string) => ({
    title: t("people.consents.confirmTitle", { client }),
    text: t("people.consents.confirmText", { name }),
    ...{ submit: t("people.consents.withdraw"), cancel: t("cancel"), close: t("close"), danger: true },
  });
  return (
    <Card>
      <CardHeader
        title={t("people.consents.title")}
        description={t("people.consents.text")}
        icon={<AppWindow aria-hidden />}
      />
      {consents.length === 0 ? (
        <EmptyState icon={<AppWindow />} title={t("people.consents.none")} />
      ) : (
        <ul className="divide-y divide-line">
          {consents.map(({ client_id: clientId, client_name: client, ...consent }) => (
            <li
              key={clientId}
              data-consent={clientId}
              className="grid gap-3 p-4 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-start sm:px-6"
            >
              <div className="min-w-0">
                <h3 className="break-words font-medium">
                  <bdi>{client}</bdi>
                </h3>
                <p className="mt-1 text-muted text-sm">
                  {t("people.consents.since", {
                    since: texts.dateTime(consent.given_at),
                    used: consent.last_used_at ? texts.dateTime(consent.last_used_at) : t("people.never"),
                  })}
                </p>
                <p className="mt-1 break-words text-sm">{consent.scopes.map((scope) => scopes[scope]).join(" · ")}</p>
              </div>
              <ActionButton
                variant="secondary"
                size="sm"
                label={t("people.consents.withdrawOf", { client })}
                action={withdraw.bind(null, clientId)}
                confirm={question(client)}
              >
                {t("people.consents.withdraw")}
              </ActionButton>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
