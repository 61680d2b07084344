"use server";

import { pauseQueue, resumeQueue } from "@mgs/jobs/admin/pause-queue";
import { retryAllFailed, retryFailed } from "@mgs/jobs/admin/retry-failed";
import type { QueueName } from "@mgs/jobs/queues";
import type { ActionResult } from "@mgs/shell/actions/action-result";
import type { ReactNode } from "react";
import { getPollContext } from "../../../../features/console/console-context";
import { QueueCards } from "../../../../features/console/queues/queue-cards";
import { readQueuesLive } from "../../../../features/console/queues/queues-live";
import { runAction } from "../../../../features/console/run-action";

/** Renders the current state of the queues; the page calls it every few seconds. */
export async function read(): Promise<ReactNode> {
  const context = await getPollContext();
  if (!context) return null;
  const live = await readQueuesLive(context, context.actor);
  return <QueueCards texts={context.texts} live={live} pause={pause} resume={resume} />;
}

export async function pause(queue: QueueName): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    await pauseQueue(runtime, actor, { queue });
    return texts.t("queues.pausedDone", { queue: texts.t(`queues.names.${queue}`) });
  });
}

export async function resume(queue: QueueName): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    await resumeQueue(runtime, actor, { queue });
    return texts.t("queues.resumedDone", { queue: texts.t(`queues.names.${queue}`) });
  });
}

export async function retry(id: string): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const { retried } = await retryFailed(runtime, actor, { ids: [id] });
    return texts.t("retried", { count: retried });
  });
}

export async function retryAll(queue: QueueName | undefined): Promise<ActionResult> {
  return runAction(async ({ runtime, actor, texts }) => {
    const { retried, next } = await retryAllFailed(runtime, actor, queue ? { queue } : {});
    return next !== null ? texts.t("retriedSome", { count: retried }) : texts.t("retried", { count: retried });
  });
}
