import { channelKind, userOfChannel } from "../../protocol/channel-name";
import type { MaybePromise } from "../cluster";
import type { RedisContext } from "./context";
import { loadTopic } from "./load-topic";
import { mapInBatches } from "./map-in-batches";
import { PresenceView } from "./presence-view";
import type { RedisConnectionPair } from "./redis-connection-pair";

/** A topic to which this process subscribes. */
export type Topic = {
  readonly appId: string;
  readonly name: string;
  /** Its pub/sub channel. */
  readonly channel: string;
  /** The members; undefined on topics without members. */
  readonly presence: PresenceView | undefined;
  /** When its last local subscriber left; undefined while it has one. */
  idleSince: number | undefined;
  isSubscribed: boolean;
  /** Settles when everything published on it arrives here; undefined when that is so, or Redis is away. */
  opening: Promise<void> | undefined;
  /** Subscriptions in all replicas, and the version of that number. */
  total: number;
  totalVersion: number;
};

/** Topics that one heartbeat reloads. */
const MAX_RELOADS_PER_HEARTBEAT = 50;

/** The topics to which this process subscribes. */
export type Topics = {
  get(appId: string, name: string): Topic | undefined;
  /** @param channel a pub/sub channel */
  getByChannel(channel: string): Topic | undefined;
  all(): Iterable<Topic>;
  listen(appId: string, name: string): MaybePromise<void>;
  unlisten(appId: string, name: string): void;
  /** Sets the number of subscriptions in all replicas, unless a later version is known. */
  updateTotal(topic: Topic, total: number, version: number, isOwner: boolean): void;
  /** Whether a topic is not subscribed in Redis yet. */
  hasUnsubscribed(): boolean;
  /** Subscribes to all topics that are not subscribed yet. @throws Error when the connection pair fails */
  subscribeAll(redis: RedisConnectionPair): Promise<void>;
  /** Subscribes again, and loads changes that were missed. @throws Error when the connection pair fails */
  resubscribe(topic: Topic, redis: RedisConnectionPair): Promise<void>;
  /** Reloads members and totals of one topic. @throws Error when the connection pair fails */
  load(topic: Topic, redis: RedisConnectionPair): Promise<void>;
  /** Reloads every topic. @throws Error when the connection pair fails */
  loadAll(redis: RedisConnectionPair): Promise<void>;
  /**
   * Reloads some topics, the next ones at each call, so that a change that was missed without a trace (while a slot of a
   * Redis Cluster moved) does not stay missing.
   * @throws Error when the connection pair fails
   */
  reloadNextBatch(redis: RedisConnectionPair): Promise<void>;
  /** Marks all topics as not subscribed and drops their versions, because Redis is away. */
  suspend(): void;
  /** Begins to unsubscribe what has been idle for long enough. */
  start(): void;
  stop(): void;
};

/** @param onEnd called with each topic from which this process unsubscribes */
export function createTopics(context: RedisContext, onEnd: (topic: Topic) => void): Topics {
  const { keys, timings } = context;
  const topics = new Map<string, Topic>();
  const unsubscribed = new Set<Topic>();
  const idle = new Set<Topic>();
  let reloadCursor = topics.values();
  let batch: { topics: Topic[]; sent: Promise<void> } | undefined;
  let sweeper: NodeJS.Timeout | undefined;

  function create(appId: string, name: string): Topic {
    const hasMembers = channelKind(name) === "presence" || userOfChannel(name) !== undefined;
    const { receiver } = context;
    const topic: Topic = {
      appId,
      name,
      channel: keys.topic(appId, name),
      presence: hasMembers
        ? new PresenceView({
            onAdded: (member) => receiver.onMemberAdded(appId, name, member),
            onRemoved: (userId) => receiver.onMemberRemoved(appId, name, userId),
          })
        : undefined,
      idleSince: undefined,
      isSubscribed: false,
      opening: undefined,
      total: 0,
      totalVersion: 0,
    };
    topics.set(topic.channel, topic);
    unsubscribed.add(topic);
    return topic;
  }

  async function open(topic: Topic, redis: RedisConnectionPair): Promise<void> {
    try {
      await subscribe(topic, redis);
      if (topic.presence !== undefined) await load(topic, redis);
    } catch {
      // The connection pair has failed: this process goes on alone, and the recovery subscribes.
    } finally {
      topic.opening = undefined;
    }
  }

  /** Subscribes the topics of one turn of the event loop by one command. */
  async function subscribe(topic: Topic, redis: RedisConnectionPair): Promise<void> {
    if (batch === undefined) {
      const started: Topic[] = [];
      batch = {
        topics: started,
        sent: new Promise((resolve) => setImmediate(resolve)).then(() => {
          batch = undefined;
          return redis.subscribe(started.map(({ channel }) => channel));
        }),
      };
    }
    batch.topics.push(topic);
    await batch.sent;
    if (context.redis !== redis) throw new Error("Redis is away");
    topic.isSubscribed = true;
    unsubscribed.delete(topic);
  }

  async function load(topic: Topic, redis: RedisConnectionPair): Promise<void> {
    const { appId, name, presence } = topic;
    for (let isComplete = false; !isComplete; ) {
      presence?.suspend();
      const { snapshot, total, totalVersion } = await loadTopic(context, redis, appId, name);
      updateTotal(topic, total, totalVersion, false);
      isComplete = presence?.load(snapshot, context.isInGracePeriod) ?? true;
    }
  }

  function updateTotal(topic: Topic, total: number, version: number, isOwner: boolean): void {
    // Until every replica has published its state, a total may lack a replica or count it under two names.
    if (context.isInGracePeriod || version < topic.totalVersion) return;
    const isChange = total !== topic.total;
    topic.total = total;
    topic.totalVersion = version;
    // The owner may have loaded the total before the announcement: it reports it although it is no change.
    if (isChange || isOwner) context.receiver.onSubscriptionCount(topic.appId, topic.name, total, isOwner);
  }

  function sweep(): void {
    const { redis } = context;
    const before = performance.now() - timings.unsubscribeDelayMs;
    const ended: Topic[] = [];
    for (const topic of idle) {
      if ((topic.idleSince ?? before) > before) break;
      if (topic.opening !== undefined) continue;
      // A connection pair that is still recovering has subscribed it: it is unsubscribed when the pair is in use.
      if (topic.isSubscribed && redis === undefined) continue;
      idle.delete(topic);
      unsubscribed.delete(topic);
      topics.delete(topic.channel);
      onEnd(topic);
      if (topic.isSubscribed) ended.push(topic);
    }
    if (ended.length > 0) redis?.unsubscribe(ended.map(({ channel }) => channel)).catch(() => undefined);
  }

  return {
    get: (appId, name) => topics.get(keys.topic(appId, name)),
    getByChannel: (channel) => topics.get(channel),
    all: () => topics.values(),
    listen(appId, name) {
      const topic = topics.get(keys.topic(appId, name)) ?? create(appId, name);
      topic.idleSince = undefined;
      idle.delete(topic);
      const { redis } = context;
      if (redis === undefined) return undefined;
      if (!topic.isSubscribed) topic.opening ??= open(topic, redis);
      return topic.opening;
    },
    unlisten(appId, name) {
      const topic = topics.get(keys.topic(appId, name));
      if (topic === undefined) return;
      topic.idleSince = performance.now();
      idle.add(topic);
    },
    updateTotal,
    hasUnsubscribed: () => unsubscribed.size > 0,
    async subscribeAll(redis) {
      const all = [...unsubscribed];
      if (all.length === 0) return;
      await redis.subscribe(all.map(({ channel }) => channel));
      for (const topic of all) {
        topic.isSubscribed = true;
        unsubscribed.delete(topic);
      }
      // Topics that ended meanwhile; one that is needed again is a new object, not subscribed yet.
      const ended = all.filter(({ channel }) => !topics.has(channel));
      if (ended.length > 0) await redis.unsubscribe(ended.map(({ channel }) => channel));
    },
    async resubscribe(topic, redis) {
      if (!topic.isSubscribed && topic.opening === undefined) return;
      await redis.subscribe([topic.channel]);
      if (topics.has(topic.channel)) await load(topic, redis);
      else await redis.unsubscribe([topic.channel]);
    },
    load,
    async loadAll(redis) {
      await mapInBatches([...topics.values()], (topic) => load(topic, redis));
    },
    async reloadNextBatch(redis) {
      const some: Topic[] = [];
      while (some.length < Math.min(MAX_RELOADS_PER_HEARTBEAT, topics.size)) {
        const { value } = reloadCursor.next();
        if (value === undefined) reloadCursor = topics.values();
        else some.push(value);
      }
      await Promise.all(some.filter((topic) => topic.isSubscribed).map((topic) => load(topic, redis)));
    },
    suspend() {
      for (const topic of topics.values()) {
        topic.isSubscribed = false;
        // A Redis that comes back on a host whose clock is behind has lower versions.
        topic.totalVersion = 0;
        unsubscribed.add(topic);
        topic.presence?.suspend();
        topic.presence?.releaseWaits();
      }
    },
    start() {
      sweeper = setInterval(sweep, Math.max(50, timings.unsubscribeDelayMs / 4)).unref();
    },
    stop() {
      clearInterval(sweeper);
      this.suspend();
    },
  };
}
