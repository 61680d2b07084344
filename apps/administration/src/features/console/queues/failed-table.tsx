import type { FailedJob } from "@mgs/jobs/admin/list-failed";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { RelativeTime } from "@mgs/shell/time/relative";
import { Badge } from "@mgs/ui/badge";
import { RotateCw } from "lucide-react";
import Link from "next/link";
import { sentDetailHref } from "../sent/sent-search";
import { DataCell, DataRow, DataTable } from "../table";
import type { ConsoleTexts } from "../texts";

type FailedTableProps = {
  texts: ConsoleTexts;
  items: readonly FailedJob[];
  retry: (id: string) => Promise<ActionResult>;
};

/** Lists dead letters with their reason and payload. */
export function FailedTable({ texts, items, retry }: FailedTableProps) {
  const { t } = texts;
  return (
    <DataTable
      label={t("queues.failed.table")}
      columns={[
        t("queues.failed.columns.what"),
        t("queues.failed.columns.reason"),
        <span key="actions" className="sr-only">
          {t("queues.failed.columns.actions")}
        </span>,
      ]}
    >
      {items.map((job) => (
        <DataRow key={job.id} data-job={job.id}>
          <DataCell className="lg:w-[34%]">
            <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-medium font-mono text-xs">{job.kind}</span>
              <Badge>{t(`queues.names.${job.queue}`)}</Badge>
            </p>
            <p className="mt-1 flex flex-wrap gap-x-2 text-muted text-xs">
              <RelativeTime iso={job.failed_at ?? job.created_at} />
              <span>{t("attempts", { count: job.attempts })}</span>
            </p>
            {job.notification_id ? (
              <Link
                href={sentDetailHref(job.notification_id, {})}
                prefetch={false}
                className="mt-1 inline-block text-accent-ink text-xs underline-offset-4 hover:underline"
              >
                {t("queues.failed.notification")}
              </Link>
            ) : null}
          </DataCell>
          <DataCell>
            <p className="text-danger-ink">
              <bdi>{job.last_error ?? t("queues.failed.noReason")}</bdi>
            </p>
            <details className="mt-1">
              <summary className="w-fit text-muted text-xs underline-offset-4 hover:underline">
                {t("queues.failed.payload")}
              </summary>
              <pre className="mt-2 max-w-full whitespace-pre-wrap break-all rounded-lg bg-subtle p-3 font-mono text-xs">
                {JSON.stringify(job.payload, null, 2)}
              </pre>
              {job.request_id ? (
                <p className="mt-1 break-all text-muted text-xs">
                  {t("queues.failed.request", { id: job.request_id })}
                </p>
              ) : null}
            </details>
          </DataCell>
          <DataCell holds="figures" className="lg:text-end">
            <ActionButton
              variant="secondary"
              size="sm"
              action={retry.bind(null, job.id)}
              label={t("queues.failed.retryOne", { id: job.id })}
            >
              <RotateCw aria-hidden />
              {t("retry")}
            </ActionButton>
          </DataCell>
        </DataRow>
      ))}
    </DataTable>
  );
}
