import type { RedisContext } from "./context";
import { isInUse, type LocalTopic } from "./local-topic";
import type { RedisConnectionPair } from "./redis-connection-pair";

/**
 * The registry of this replica in Redis: its topics with their numbers of subscriptions. Another replica that removes this
 * one's state finds in it what there is to remove, so a topic is registered before its first change and unregistered after
 * its last.
 */
export type TopicRegistry = {
  /** @throws Error when the connection pair fails */
  register(topic: LocalTopic, redis: RedisConnectionPair): Promise<void>;
  /** Writes the numbers of subscriptions of topics of one app. @throws Error when the connection pair fails */
  writeCounts(appId: string, topics: readonly LocalTopic[], redis: RedisConnectionPair): Promise<unknown>;
  /** Unregisters a topic that is not in use and has no pending change. @throws Error when the connection pair fails */
  unregister(topic: LocalTopic, redis: RedisConnectionPair): Promise<void>;
  /** Assumes that Redis has no registry of this replica. */
  reset(): void;
};

/**
 * @param hasPendingWrite whether a change of the topic has still to be sent
 * @param onUnregistered called before the topic is removed in Redis
 */
export function createTopicRegistry(
  context: RedisContext,
  hasPendingWrite: (topic: LocalTopic) => boolean,
  onUnregistered: (topic: LocalTopic) => void,
): TopicRegistry {
  const { keys } = context;
  /** Settle when the app is in this replica's list of apps. */
  const registeredApps = new Map<string, Promise<unknown>>();

  const writeCounts = (appId: string, topics: readonly LocalTopic[], redis: RedisConnectionPair) => {
    const fields = topics.flatMap(({ name, subscriptions }) => [name, String(subscriptions)]);
    return redis.run((client) => client.hset(keys.registry(appId, context.replica), ...fields));
  };

  return {
    register(topic, redis) {
      topic.registration ??= (async () => {
        let app = registeredApps.get(topic.appId);
        if (app === undefined) {
          app = redis.run((client) => client.sadd(keys.apps(context.replica), topic.appId));
          registeredApps.set(topic.appId, app);
        }
        await Promise.all([app, writeCounts(topic.appId, [topic], redis)]);
      })();
      return topic.registration;
    },
    writeCounts,
    async unregister(topic, redis) {
      if (isInUse(topic) || hasPendingWrite(topic) || topic.registration === undefined) return;
      if (topic.pendingChanges > 0) return;
      topic.registration = undefined;
      onUnregistered(topic);
      await redis.run((client) => client.hdel(keys.registry(topic.appId, context.replica), topic.name));
    },
    reset() {
      registeredApps.clear();
    },
  };
}
