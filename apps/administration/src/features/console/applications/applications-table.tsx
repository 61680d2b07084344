import { applicationPath } from "@mgs/console/links";
import type { FoundClient } from "@mgs/identity/clients/search-clients";
import { RelativeTime } from "@mgs/shell/time/relative";
import { Badge } from "@mgs/ui/badge";
import Link from "next/link";
import { DataCell, DataRow, DataTable } from "../table";
import type { ConsoleTexts } from "../texts";

type ApplicationsTableProps = { texts: ConsoleTexts; clients: readonly FoundClient[] };

export function ApplicationsTable({ texts, clients }: ApplicationsTableProps) {
  const { t } = texts;
  const columns = (["name", "kind", "signIns", "lastUsed"] as const).map((name) => t(`applications.columns.${name}`));
  return (
    <DataTable label={t("applications.table")} columns={columns}>
      {clients.map((client) => (
        <DataRow key={client.client_id} data-client={client.client_id}>
          <DataCell className="lg:w-[45%]">
            <Link
              href={applicationPath(client.client_id)}
              prefetch={false}
              className="font-medium underline-offset-4 hover:underline"
            >
              <bdi>{client.name}</bdi>
            </Link>
            <p className="mt-1 break-all font-mono text-muted text-xs">{client.client_id}</p>
          </DataCell>
          <DataCell holds="figures" name={t("applications.columns.kind")}>
            <span className="flex flex-wrap gap-1">
              <Badge tone={client.kind === "portal" ? "accent" : "neutral"}>
                {t(`applications.kind.${client.kind}`)}
              </Badge>
              {client.pkce_exempt ? <Badge tone="warning">{t("applications.pkceExempt")}</Badge> : null}
              {client.revoked_at === null ? null : <Badge tone="danger">{t("applications.state.revoked")}</Badge>}
            </span>
          </DataCell>
          <DataCell holds="figures" name={t("applications.columns.signIns")} className="tabular-nums">
            {texts.number(client.sign_ins)}
          </DataCell>
          <DataCell holds="figures" name={t("applications.columns.lastUsed")}>
            {client.last_used_at === null ? (
              <span className="text-muted">{t("applications.never")}</span>
            ) : (
              <RelativeTime iso={client.last_used_at} />
            )}
          </DataCell>
        </DataRow>
      ))}
    </DataTable>
  );
}
