import type { SentItem } from "@mgs/notifications/admin/sent-dto";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { RelativeTime } from "@mgs/shell/time/relative";
import { Badge } from "@mgs/ui/badge";
import { RotateCw } from "lucide-react";
import Link from "next/link";
import { DataCell, DataRow, DataTable } from "../table";
import type { ConsoleTexts } from "../texts";
import { Deliveries } from "./deliveries";
import { type SentSearch, sentDetailHref } from "./sent-search";

type SentTableProps = {
  texts: ConsoleTexts;
  items: readonly SentItem[];
  search: SentSearch;
  retry: (id: string) => Promise<ActionResult>;
};

export function SentTable({ texts, items, search, retry }: SentTableProps) {
  const { t } = texts;
  const columns = (["what", "from", "to", "deliveries"] as const).map((name) => t(`sent.columns.${name}`));
  return (
    <DataTable
      label={t("sent.table")}
      columns={[
        ...columns,
        <span key="actions" className="sr-only">
          {t("sent.columns.actions")}
        </span>,
      ]}
    >
      {items.map((item) => (
        <DataRow key={item.id} data-sent={item.id}>
          <DataCell className="lg:w-[34%]">
            <Link
              href={sentDetailHref(item.id, search)}
              prefetch={false}
              className="font-medium underline-offset-4 hover:underline"
            >
              <bdi>{item.titre}</bdi>
            </Link>
            <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
              <RelativeTime iso={item.created_at} />
              <Badge wraps>{item.type}</Badge>
            </p>
          </DataCell>
          <DataCell name={t("sent.columns.from")}>
            <span className="block">
              <bdi>{texts.source(item.source)}</bdi>
            </span>
            {item.sender ? (
              <span className="block text-muted text-xs">
                <bdi>{item.sender.name}</bdi>
              </span>
            ) : null}
          </DataCell>
          <DataCell name={t("sent.columns.to")}>
            <span className="block">
              <bdi>{item.recipient.name}</bdi>
            </span>
            <ReaderState texts={texts} item={item} />
          </DataCell>
          <DataCell name={t("sent.columns.deliveries")}>
            <Deliveries texts={texts} item={item} />
          </DataCell>
          <DataCell holds="figures" className="lg:text-end">
            {item.state === "failed" ? (
              <ActionButton
                variant="secondary"
                size="sm"
                action={retry.bind(null, item.id)}
                label={t("sent.retryOne", { titre: item.titre })}
              >
                <RotateCw aria-hidden />
                {t("retry")}
              </ActionButton>
            ) : null}
          </DataCell>
        </DataRow>
      ))}
    </DataTable>
  );
}

/** Shows whether the recipient has read, archived or deleted a notification. */
export function ReaderState({ texts: { t }, item }: { texts: ConsoleTexts; item: SentItem }) {
  const state = item.deleted_at ? "deleted" : item.archived_at ? "archived" : item.read_at ? "read" : "unread";
  return <span className="block text-muted text-xs">{t(`sent.${state}`)}</span>;
}
