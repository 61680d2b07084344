import { setTimeout as delay } from "node:timers/promises";
import type { PresenceMember } from "../../protocol/frames";
import type { RedisContext } from "./context";
import { createCountBatch } from "./count-batch";
import type { DelayedWebhooks } from "./delayed-webhooks";
import { createLocalTopicStore, isInUse, type LocalMember, type LocalTopic } from "./local-topic";
import { mapInBatches } from "./map-in-batches";
import { encodeInfo } from "./presence-view";
import { createPublishLocalChange } from "./publish-local-change";
import type { RedisConnectionPair } from "./redis-connection-pair";
import { createTopicRegistry } from "./topic-registry";
import type { Topics } from "./topics";

/**
 * The subscriptions and members of this process, and their publication in Redis. While Redis is away they are only
 * recorded here; `republish` writes them when it is back.
 */
export type LocalState = {
  get(appId: string, name: string): LocalTopic | undefined;
  listTopics(appId: string): Iterable<LocalTopic>;
  /** @returns false when the topic is full; resolves when the clients of this process have been told of the member */
  join(appId: string, name: string, member: PresenceMember, limit: number): Promise<boolean>;
  joinOffline(appId: string, name: string, member: PresenceMember, limit: number): boolean;
  leave(appId: string, name: string, userId: string): void;
  setSubscriptionCount(appId: string, name: string, subscriptions: number): void;
  /** Assumes that Redis has nothing of this replica. */
  markUnpublished(): void;
  hasUnpublished(): boolean;
  /** Writes all unpublished topics. @throws Error when the connection pair fails */
  republish(redis: RedisConnectionPair): Promise<void>;
  /** Publishes collected counts now. */
  flush(): Promise<void>;
};

export function createLocalState(context: RedisContext, topics: Topics, delayedWebhooks: DelayedWebhooks): LocalState {
  const { timings } = context;
  const store = createLocalTopicStore();
  const unpublished = new Set<LocalTopic>();
  const publishChange = createPublishLocalChange(context, topics, delayedWebhooks);
  const registry = createTopicRegistry(
    context,
    (topic) => counts.has(topic) || unpublished.has(topic),
    (topic) => store.delete(topic),
  );
  const counts = createCountBatch(context, registry, publishChange);

  const presenceOf = (appId: string, name: string) => topics.get(appId, name)?.presence;

  /** Deletes a topic that came and went while Redis was away: there is nothing of it to publish. */
  function deleteIfNeverPublished(topic: LocalTopic): void {
    if (isInUse(topic) || topic.isOccupancyPublished || topic.departedUserIds.size > 0) return;
    unpublished.delete(topic);
    store.delete(topic);
  }

  function leaveOffline(topic: LocalTopic, { userId, isPublished }: LocalMember): void {
    unpublished.add(topic);
    if (isPublished) topic.departedUserIds.add(userId);
    presenceOf(topic.appId, topic.name)?.exitOffline(userId);
    deleteIfNeverPublished(topic);
  }

  async function republishTopic(topic: LocalTopic, redis: RedisConnectionPair): Promise<void> {
    await registry.register(topic, redis);
    unpublished.delete(topic);
    const { subscriptions } = topic;
    const leaving = [...topic.departedUserIds];
    const joining = [...topic.members.values()];
    try {
      await registry.writeCounts(topic.appId, [topic], redis);
      await publishChange(topic, redis, { subscriptions, isComplete: true, joining, leaving });
    } catch (error) {
      unpublished.add(topic);
      throw error;
    }
    for (const userId of leaving) topic.departedUserIds.delete(userId);
    if (!unpublished.has(topic)) await registry.unregister(topic, redis);
  }

  return {
    get: store.get,
    listTopics: store.listByApp,

    async join(appId, name, member, limit) {
      const topic = store.getOrCreate(appId, name);
      const entry: LocalMember = { userId: member.userId, info: encodeInfo(member.info), isPublished: false };
      topic.members.set(entry.userId, entry);
      const isStillJoined = () => topic.members.get(entry.userId) === entry;
      const { redis } = context;
      try {
        if (redis === undefined) throw new Error("Redis is away");
        await Promise.all([topics.get(appId, name)?.opening, registry.register(topic, redis)]);
        if (!isStillJoined()) return true;
        const changed = await publishChange(topic, redis, { limit, joining: [entry] });
        if (changed.isFull) {
          if (isStillJoined()) topic.members.delete(entry.userId);
          void registry.unregister(topic, redis).catch(() => undefined);
          return false;
        }
        // The process's own announcement takes its place in the topic's order; one that is late is not awaited.
        const presence = presenceOf(appId, name);
        const announced = presence?.waitForVersion(changed.version);
        await Promise.race([announced, delay(timings.timeoutMs, undefined, { ref: false })]);
        if (presence?.members.has(entry.userId) === false) throw new Error("the announcement has not come");
        return true;
      } catch {
        const presence = presenceOf(appId, name);
        if (isStillJoined() && presence?.members.has(entry.userId) === false) presence.enterOffline(member);
        return true;
      }
    },

    joinOffline(appId, name, member, limit) {
      const presence = presenceOf(appId, name);
      const members = presence?.members;
      if (members !== undefined && !members.has(member.userId) && members.size >= limit) return false;
      const topic = store.getOrCreate(appId, name);
      const { userId } = member;
      topic.members.set(userId, { userId, info: encodeInfo(member.info), isPublished: false });
      topic.departedUserIds.delete(userId);
      unpublished.add(topic);
      presence?.enterOffline(member);
      return true;
    },

    leave(appId, name, userId) {
      const topic = store.get(appId, name);
      const entry = topic?.members.get(userId);
      if (topic === undefined || entry === undefined) return;
      topic.members.delete(userId);
      const { redis } = context;
      if (redis === undefined) {
        leaveOffline(topic, entry);
        return;
      }
      publishChange(topic, redis, { leaving: [userId] }).then(
        () => registry.unregister(topic, redis).catch(() => undefined),
        () => {
          if (!topic.members.has(userId)) leaveOffline(topic, entry);
        },
      );
    },

    setSubscriptionCount(appId, name, subscriptions) {
      const local = store.getOrCreate(appId, name);
      const before = local.subscriptions;
      local.subscriptions = subscriptions;
      if (context.redis !== undefined) {
        counts.add(local, before === 0 || subscriptions === 0);
        return;
      }
      unpublished.add(local);
      deleteIfNeverPublished(local);
      const topic = topics.get(appId, name);
      const total = Math.max(subscriptions, (topic?.total ?? before) + subscriptions - before);
      if (topic !== undefined) topic.total = total;
      context.receiver.onSubscriptionCount(appId, name, total, true);
    },

    markUnpublished() {
      registry.reset();
      counts.clear();
      for (const topic of store.listAll()) {
        topic.registration = undefined;
        unpublished.add(topic);
      }
    },

    hasUnpublished: () => unpublished.size > 0,

    async republish(redis) {
      await mapInBatches([...unpublished], (topic) => republishTopic(topic, redis));
    },

    flush: counts.flush,
  };
}
