import { queuesPath } from "@mgs/console/links";
import { listFailed } from "@mgs/jobs/admin/list-failed";
import { QUEUES, type QueueName } from "@mgs/jobs/queues";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { buttonStyles } from "@mgs/ui/button";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { EmptyState } from "@mgs/ui/empty-state";
import { Segmented, segmentStyles } from "@mgs/ui/segmented";
import { ChevronLeft, ChevronRight, CircleCheck, RotateCw } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import type { ConsoleContext } from "../console-context";
import { LiveRegion } from "../live-region";
import { FailedTable } from "./failed-table";

const REFRESH_SECONDS = 5;

/** The parameters in the page's address: the queue of the dead letters, and the cursor of their page. */
export type QueuesSearch = { queue?: QueueName | undefined; cursor?: string | undefined };

type QueuesPageProps = {
  context: ConsoleContext;
  search: QueuesSearch;
  cards: ReactNode;
  read: () => Promise<ReactNode>;
  retry: (id: string) => Promise<ActionResult>;
  retryAll: (queue: QueueName | undefined) => Promise<ActionResult>;
  /** The count of dead letters that pass the filter. */
  dead: number;
  at: string;
};

/** `/console/files-d-attente`: the live queues, and the dead letters. */
export async function QueuesPage({ context, search, cards, read, retry, retryAll, dead, at }: QueuesPageProps) {
  const { texts, runtime, actor } = context;
  const { t } = texts;
  const failed = await listFailed(runtime, actor, {
    ...(search.queue ? { queue: search.queue } : {}),
    ...(search.cursor ? { cursor: search.cursor } : {}),
  });
  return (
    <>
      <PageHeader title={t("queues.title")} intro={t("queues.intro")} />
      <LiveRegion
        read={read}
        refreshSeconds={REFRESH_SECONDS}
        note={t("queues.live", { seconds: REFRESH_SECONDS })}
        staleNote={t("queues.stale", { time: texts.dateTime(at) })}
      >
        {cards}
      </LiveRegion>
      <Card className="mt-6">
        <CardHeader
          title={t("queues.failed.title")}
          action={
            dead > 0 ? (
              <ActionButton
                size="sm"
                action={retryAll.bind(null, search.queue)}
                confirm={{
                  title: t("queues.failed.confirmTitle"),
                  text: t("queues.failed.confirmText", { count: dead }),
                  submit: t("retry"),
                  cancel: t("cancel"),
                  close: t("close"),
                }}
              >
                <RotateCw aria-hidden />
                {t("queues.failed.retryAll")}
              </ActionButton>
            ) : null
          }
        />
        <div className="border-line border-b px-4 py-3 sm:px-6">
          <Segmented label={t("queues.failed.filter")} className="overflow-x-auto">
            {([undefined, ...QUEUES] as const).map((queue) => (
              <Link
                key={queue ?? "all"}
                href={queuesHref({ queue })}
                scroll={false}
                prefetch={false}
                aria-current={queue === search.queue ? "page" : undefined}
                className={segmentStyles(queue === search.queue)}
              >
                {queue ? t(`queues.names.${queue}`) : t("queues.failed.all")}
              </Link>
            ))}
          </Segmented>
        </div>
        {failed.items.length > 0 ? (
          <FailedTable texts={texts} items={failed.items} retry={retry} />
        ) : (
          <EmptyState
            icon={<CircleCheck />}
            title={t("queues.failed.empty.title")}
            text={t("queues.failed.empty.text")}
          />
        )}
      </Card>
      {search.cursor || failed.next ? (
        <nav aria-label={t("sent.pages")} className="mt-4 flex flex-wrap justify-between gap-2">
          {search.cursor ? (
            <Link href={queuesHref({ queue: search.queue })} className={buttonStyles({ variant: "secondary" })}>
              <ChevronLeft aria-hidden className="rtl:rotate-180" />
              {t("queues.failed.first")}
            </Link>
          ) : (
            <span />
          )}
          {failed.next ? (
            <Link
              href={queuesHref({ queue: search.queue, cursor: failed.next })}
              className={buttonStyles({ variant: "secondary" })}
            >
              {t("queues.failed.older")}
              <ChevronRight aria-hidden className="rtl:rotate-180" />
            </Link>
          ) : null}
        </nav>
      ) : null}
    </>
  );
}

function queuesHref({ queue, cursor }: QueuesSearch): string {
  const query = new URLSearchParams({ ...(queue ? { queue } : {}), ...(cursor ? { cursor } : {}) }).toString();
  return query === "" ? queuesPath() : `${queuesPath()}?${query}`;
}
