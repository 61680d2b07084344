import type { Logger } from "@mgs/core/logger";
import type { WebhookTarget } from "../apps";
import { type WebhookCounts, WebhookQueue, type WebhookTimes } from "./webhook-queue";
import type { WebhookEvent, Webhooks } from "./webhooks";

/** An event is tried for five minutes (documentation: "Webhooks", "Delivery"). */
const DEFAULT_TIMES: WebhookTimes = { batchMs: 100, firstRetryMs: 1_000, maxRetryMs: 30_000, expiryMs: 5 * 60_000 };

export type CountedWebhooks = Webhooks & { counts(): Readonly<WebhookCounts> };

/** Sends each app's webhooks by HTTP. An address that does not answer does not delay the others. */
export function createWebhooks({ logger, times }: { logger: Logger; times?: Partial<WebhookTimes> }): CountedWebhooks {
  const counts: WebhookCounts = { sent: 0, expired: 0, overflowed: 0, failedRequests: 0 };
  /** By app and target as text, because a reloaded app has new objects for the same targets; deleted when empty. */
  const queues = new Map<string, WebhookQueue>();
  let isStopped = false;

  return {
    raise(app, event) {
      if (isStopped) return;
      const targets = app.webhooks.filter((target) => isWanted(target, event));
      if (targets.length === 0) return;
      const json = JSON.stringify(event);
      for (const target of targets) {
        const name = `${app.id} ${JSON.stringify(target)}`;
        let queue = queues.get(name);
        if (queue === undefined) {
          const onIdle = (): void => void queues.delete(name);
          queue = new WebhookQueue({ app, target, times: { ...DEFAULT_TIMES, ...times }, counts, logger, onIdle });
          queues.set(name, queue);
        }
        queue.add(json);
      }
    },
    async stop(timeoutMs) {
      isStopped = true;
      const signal = AbortSignal.timeout(timeoutMs);
      await Promise.all([...queues.values()].map((queue) => queue.flush(signal)));
    },
    counts: () => counts,
  };
}

function isWanted({ events, channelPrefix }: WebhookTarget, event: WebhookEvent): boolean {
  return (events?.includes(event.name) ?? true) && event.channel.startsWith(channelPrefix ?? "");
}
