import type { QueueName } from "@mgs/jobs/queues";
import { ActionButton } from "@mgs/shell/actions/action-button";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import { Alert } from "@mgs/ui/alert";
import { Badge } from "@mgs/ui/badge";
import { Card } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { cn } from "@mgs/ui/cn";
import { Sparkline } from "@mgs/ui/sparkline";
import { Pause, Play } from "lucide-react";
import type { ReactNode } from "react";
import { RefreshWhenChanged } from "../refresh-when-changed";
import type { ConsoleTexts } from "../texts";
import type { QueuesLive } from "./queues-live";

type QueueCardsProps = {
  texts: ConsoleTexts;
  live: QueuesLive;
  pause: (queue: QueueName) => Promise<ActionResult>;
  resume: (queue: QueueName) => Promise<ActionResult>;
};

/** Shows the state of each queue; while Redis is away, the part that PostgreSQL has. */
export function QueueCards({ texts, live, pause, resume }: QueueCardsProps) {
  const { t } = texts;
  return (
    <div className="grid gap-6">
      <RefreshWhenChanged value={live.queues.reduce((sum, { outbox }) => sum + outbox.dead, 0)} />
      {live.queues.every(({ redis }) => redis === null) ? <Alert tone="warning">{t("queues.redisAway")}</Alert> : null}
      <div className="grid gap-6 md:grid-cols-2 2xl:grid-cols-4">
        {live.queues.map((queue) => (
          <QueueCard key={queue.queue} texts={texts} queue={queue} pause={pause} resume={resume} />
        ))}
      </div>
    </div>
  );
}

type QueueCardProps = Omit<QueueCardsProps, "live"> & { queue: QueuesLive["queues"][number] };

/** A queue whose oldest row waits longer is shown as late. */
const LATE_AFTER_SECONDS = 60;

function QueueCard({ texts, queue, pause, resume }: QueueCardProps) {
  const { t, number } = texts;
  const { outbox, redis, paused } = queue;
  const name = t(`queues.names.${queue.queue}`);
  return (
    <Card data-queue={queue.queue} className="flex flex-col">
      <CardHeader
        title={name}
        action={<Badge tone={paused ? "warning" : "success"}>{t(paused ? "queues.paused" : "queues.running")}</Badge>}
      />
      <dl className="grid grid-cols-3 gap-x-3 gap-y-4 px-4 pt-4 sm:px-6">
        <Figure term={t("queues.pending")}>{number(outbox.pending)}</Figure>
        <Figure term={t("queues.leased")}>{number(outbox.leased)}</Figure>
        <Figure term={t("queues.dead")} tone={outbox.dead > 0 ? "danger" : undefined}>
          {number(outbox.dead)}
        </Figure>
        <Figure term={t("queues.oldest")} tone={outbox.oldest_seconds > LATE_AFTER_SECONDS ? "warning" : undefined}>
          {outbox.oldest_seconds > 0 ? texts.duration(outbox.oldest_seconds) : t("queues.oldestNone")}
        </Figure>
        <Figure term={t("queues.lastMinute")}>{number(outbox.sent_last_minute)}</Figure>
        <Figure term={t("queues.lastHour")}>{number(outbox.sent_last_hour)}</Figure>
      </dl>
      <div className="px-4 pt-4 sm:px-6">
        <Sparkline
          values={queue.trend}
          label={t("queues.trend", { last: outbox.sent_last_minute, peak: Math.max(0, ...queue.trend) })}
        />
      </div>
      <div className="mt-auto flex flex-wrap items-center justify-between gap-3 px-4 py-4 sm:px-6">
        <p className="min-w-0 flex-1 basis-40 text-muted text-xs">
          {paused
            ? t("queues.pausedBy", { time: texts.dateTime(paused.at), who: texts.actor(paused.by) })
            : t("queues.inRedis", { counts: redis ? t("queues.redisCounts", redis) : t("queues.redisUnknown") })}
        </p>
        {paused ? (
          <ActionButton variant="primary" size="sm" action={resume.bind(null, queue.queue)}>
            <Play aria-hidden />
            {t("queues.resume")}
          </ActionButton>
        ) : (
          <ActionButton
            variant="secondary"
            size="sm"
            action={pause.bind(null, queue.queue)}
            confirm={{
              title: t("queues.pauseTitle", { queue: name }),
              text: t("queues.pauseText"),
              submit: t("queues.pause"),
              cancel: t("cancel"),
              close: t("close"),
            }}
          >
            <Pause aria-hidden />
            {t("queues.pause")}
          </ActionButton>
        )}
      </div>
    </Card>
  );
}

type FigureProps = { term: string; tone?: "danger" | "warning" | undefined; children: ReactNode };

/** A term above its value, in rows of a grid, so that all values are aligned even when a term takes two lines. */
function Figure({ term, tone, children }: FigureProps) {
  return (
    <div className="row-span-2 grid min-w-0 grid-rows-subgrid gap-y-0.5">
      <dt className="text-balance text-muted text-xs">{term}</dt>
      <dd className="break-words font-semibold text-title tabular-nums">
        <span className={cn(tone === "danger" && "text-danger-ink", tone === "warning" && "text-warning-ink")}>
          {children}
        </span>
      </dd>
    </div>
  );
}
