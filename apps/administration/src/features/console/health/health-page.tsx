import { readQueueStatus } from "@mgs/jobs/admin/queue-status";
import { readCanaryStatistics } from "@mgs/observability/canary/canary-statistics";
import { listProcesses } from "@mgs/observability/processes/list-processes";
import { loadSystemHealth } from "@mgs/portal/system-health";
import { HealthCard, type SystemHealthItem } from "@mgs/shell/dashboard/health-card";
import { PageHeader } from "@mgs/shell/layout/page-header";
import { Alert } from "@mgs/ui/alert";
import { Card, CardBody } from "@mgs/ui/card";
import { CardHeader } from "@mgs/ui/card-header";
import { EmptyState } from "@mgs/ui/empty-state";
import { Cpu } from "lucide-react";
import type { ConsoleContext } from "../console-context";
import { CanaryCard } from "./canary-card";
import { ProcessTable } from "./process-table";

/** The parts of `/console/sante` that refresh; a part that cannot be read leaves the others alone. */
export async function HealthParts({ context }: { context: ConsoleContext }) {
  const { texts, runtime, actor } = context;
  const { t } = texts;
  const logFailure = (error: unknown) => {
    runtime.logger.error({ err: error }, "a part of the health page could not be read");
    return null;
  };
  const [health, mail, processes, canary] = await Promise.all([
    loadSystemHealth(runtime, texts.locale).catch(logFailure),
    readMailHealth(context).catch(logFailure),
    listProcesses(runtime, actor).catch(logFailure),
    readCanaryStatistics(runtime, actor).catch(logFailure),
  ]);
  const items = health && [...health, ...(mail ? [mail] : [])];
  return (
    <div className="grid gap-6">
      <div className="grid items-start gap-6 xl:grid-cols-2">
        <HealthCard health={Promise.resolve(items)} />
        {canary ? <CanaryCard texts={texts} statistics={canary} /> : null}
      </div>
      <Card>
        <CardHeader title={t("health.processes")} icon={<Cpu aria-hidden />} />
        {processes === null ? (
          <CardBody>
            <Alert tone="danger">{t("health.processesFailed")}</Alert>
          </CardBody>
        ) : processes.length === 0 ? (
          <EmptyState icon={<Cpu />} title={t("health.noProcesses.title")} text={t("health.noProcesses.text")} />
        ) : (
          <ProcessTable texts={texts} processes={processes} />
        )}
      </Card>
    </div>
  );
}

/** Waiting times of the oldest mail from which on mails count as slow, and as stopped. */
const SLOW_AFTER_SECONDS = 30;
const STOPPED_AFTER_SECONDS = 300;

/** Judges the mail server by the waiting mails, since the worker alone connects to it. */
async function readMailHealth({
  texts: { t, number },
  runtime,
  queueMonitor,
  actor,
}: ConsoleContext): Promise<SystemHealthItem | null> {
  const queues = await readQueueStatus({ database: runtime.database, monitor: queueMonitor }, actor);
  const emails = queues.find(({ queue }) => queue === "emails");
  if (!emails) return null;
  const { oldest_seconds, pending, sent_last_hour } = emails.outbox;
  const detail = t("health.mailDetail", { lastHour: sent_last_hour, pending: number(pending) });
  return {
    name: t("health.mail"),
    state:
      oldest_seconds > STOPPED_AFTER_SECONDS
        ? "down"
        : emails.paused || oldest_seconds > SLOW_AFTER_SECONDS
          ? "degraded"
          : "ok",
    detail: emails.paused ? `${detail}, ${t("health.mailPaused")}` : detail,
  };
}

export function HealthHeader({ context: { texts } }: { context: ConsoleContext }) {
  return <PageHeader title={texts.t("health.title")} intro={texts.t("health.intro")} />;
}
