import { type ChangedTopic, changeTopic, type TopicChange } from "./change-topic";
import type { RedisContext } from "./context";
import type { DelayedWebhooks } from "./delayed-webhooks";
import type { LocalMember, LocalTopic } from "./local-topic";
import type { RedisConnectionPair } from "./redis-connection-pair";
import type { Topics } from "./topics";

export type LocalChange = Pick<TopicChange, "subscriptions" | "isComplete" | "limit" | "leaving"> & {
  joining?: readonly LocalMember[];
};

/** Writes a change of a local topic to Redis. @throws Error when the connection pair fails */
export type PublishLocalChange = (
  topic: LocalTopic,
  redis: RedisConnectionPair,
  change: LocalChange,
) => Promise<ChangedTopic>;

export function createPublishLocalChange(
  context: RedisContext,
  topics: Topics,
  delayedWebhooks: DelayedWebhooks,
): PublishLocalChange {
  const { timings } = context;
  return async (topic, redis, change) => {
    const { appId, name, isOccupancyPublished } = topic;
    const { replica } = context;
    // A presence that ended while Redis was away may continue in another replica that has not published its own yet.
    const webhookDelayMs = (change.isComplete ? timings.graceMs : 0) + timings.webhookDelayMs;
    topic.pendingChanges += 1;
    const changed = await changeTopic(context, delayedWebhooks, redis, {
      replica,
      appId,
      name,
      isOccupancyPublished,
      webhookDelayMs,
      ...change,
    }).finally(() => {
      topic.pendingChanges -= 1;
    });
    if (changed.isFull) return changed;
    for (const member of change.joining ?? []) member.isPublished = true;
    if (change.subscriptions !== undefined) topic.isOccupancyPublished = change.subscriptions > 0;
    // The announcement of the total does not reach this process when it has unsubscribed from the topic.
    const isSubscribed = topics.get(appId, name)?.isSubscribed === true;
    if (changed.total !== undefined && !isSubscribed) {
      context.receiver.onSubscriptionCount(appId, name, changed.total, true);
    }
    return changed;
  };
}
