import type { RedisContext } from "./context";
import type { LocalTopic } from "./local-topic";
import { mapInBatches } from "./map-in-batches";
import type { PublishLocalChange } from "./publish-local-change";
import type { TopicRegistry } from "./topic-registry";

/** How long changes of subscription counts are collected before they are published together. */
const COUNT_BATCH_MS = 25;

/** Local topics whose number of subscriptions is to be published. */
export type CountBatch = {
  /** @param isUrgent publishes at once: the first subscription of a channel, and the end of the last */
  add(topic: LocalTopic, isUrgent: boolean): void;
  has(topic: LocalTopic): boolean;
  clear(): void;
  /** Publishes what is collected now. */
  flush(): Promise<void>;
};

export function createCountBatch(
  context: RedisContext,
  registry: TopicRegistry,
  publishChange: PublishLocalChange,
): CountBatch {
  const changed = new Set<LocalTopic>();
  let timer: NodeJS.Timeout | undefined;
  let flushing: Promise<void> = Promise.resolve();

  async function publishCounts(): Promise<void> {
    const { redis } = context;
    if (redis === undefined) return;
    const topics = [...changed];
    changed.clear();
    // All of them count as pending from here on: a member that leaves meanwhile must not end the registration of a topic
    // whose count is published in a later batch.
    for (const topic of topics) topic.pendingChanges += 1;
    try {
      await mapInBatches(topics, (topic) => registry.register(topic, redis));
      const topicsByApp = Map.groupBy(topics, ({ appId }) => appId);
      const registrations = [...topicsByApp].map(([appId, some]) => registry.writeCounts(appId, some, redis));
      const changes = mapInBatches(topics, (topic) =>
        publishChange(topic, redis, { subscriptions: topic.subscriptions }),
      );
      await Promise.all([...registrations, changes]);
    } catch {
      // The connection pair has failed; the next one begins by publishing everything.
      return;
    } finally {
      for (const topic of topics) topic.pendingChanges -= 1;
    }
    await mapInBatches(topics, (topic) => registry.unregister(topic, redis)).catch(() => undefined);
  }

  function startFlush(): Promise<void> {
    timer = undefined;
    flushing = flushing.then(publishCounts);
    return flushing;
  }

  return {
    add(topic, isUrgent) {
      changed.add(topic);
      if (isUrgent) clearTimeout(timer);
      else if (timer !== undefined) return;
      timer = setTimeout(startFlush, isUrgent ? 0 : COUNT_BATCH_MS);
    },
    has: (topic) => changed.has(topic),
    clear: () => changed.clear(),
    async flush() {
      clearTimeout(timer);
      await startFlush();
    },
  };
}
