import type { SigningKeyDto } from "@mgs/oidc/keys/list-signing-keys";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Badge } from "@mgs/ui/badge";
import { Card } from "@mgs/ui/card";
import { RefreshCw } from "lucide-react";
import { DataCell, DataRow, DataTable } from "../table";
import type { ConsoleTexts } from "../texts";

type KeysPageProps = {
  texts: ConsoleTexts;
  keys: readonly SigningKeyDto[];
  /** Undefined for a person who may only look. */
  rotate: (() => Promise<ActionResult>) | undefined;
};

const TONES = { upcoming: "accent", signing: "success", replaced: "warning", retired: "neutral" } as const;

/** `/console/cles`: the provider's signing keys, with their states and dates. */
export function KeysPage({ texts, keys, rotate }: KeysPageProps) {
  const { t } = texts;
  return (
    <>
      <PageHeader
        title={t("keys.title")}
        intro={t("keys.intro")}
        actions={
          rotate ? (
            <ActionButton
              action={rotate}
              confirm={{
                title: t("keys.rotateTitle"),
                text: t("keys.rotateText"),
                submit: t("keys.rotate"),
                cancel: t("cancel"),
                close: t("close"),
              }}
            >
              <RefreshCw aria-hidden />
              {t("keys.rotate")}
            </ActionButton>
          ) : null
        }
      />
      <Card>
        <DataTable
          label={t("keys.table")}
          columns={[t("keys.columns.key"), t("keys.columns.state"), t("keys.columns.from"), t("keys.columns.until")]}
        >
          {keys.map((key) => (
            <DataRow key={key.kid} data-key={key.kid} data-state={key.state}>
              <DataCell>
                <span className="break-all font-mono text-xs">{key.kid}</span>
              </DataCell>
              <DataCell holds="figures" name={t("keys.columns.state")}>
                <Badge tone={TONES[key.state]}>{t(`keys.states.${key.state}`)}</Badge>
              </DataCell>
              <DataCell holds="figures" name={t("keys.columns.from")}>
                {texts.dateTime(key.signs_from)}
              </DataCell>
              <DataCell holds="figures" name={t("keys.columns.until")}>
                {key.published_until === null ? t("keys.noEnd") : texts.dateTime(key.published_until)}
              </DataCell>
            </DataRow>
          ))}
        </DataTable>
      </Card>
      {rotate ? <p className="mt-4 text-muted text-xs">{t("keys.emergency")}</p> : null}
    </>
  );
}
