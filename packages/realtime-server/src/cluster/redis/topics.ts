import { channelKind, userOfChannel } from "../../protocol/channel-name";
import type { MaybePromise } from "../cluster";
import type { RedisContext } from "./context";
import { inBatches } from "./in-batches";
import { loadTopic } from "./load-topic";
import { Mirror } from "./mirror";
import type { Session } from "./session";

/** A topic that this process receives. */
export type Topic = {
  readonly appId: string;
  readonly name: string;
  /** Its pub/sub channel. */
  readonly channel: string;
  /** Who is present; on topics that have members. */
  readonly mirror: Mirror | undefined;
  /** When it was last needed; undefined while it is. */
  idleSince: number | undefined;
  isSubscribed: boolean;
  /** Until nothing of it is missed any more. */
  opening: Promise<void> | undefined;
  /** Subscriptions in all replicas, and the version of that number. */
  total: number;
  totalVersion: number;
};

/** Topics loaded anew with each heartbeat. */
const LOADS_IN_TURN = 50;

/** The topics that this process receives. */
export type Topics = {
  get(appId: string, name: string): Topic | undefined;
  /** @param channel a pub/sub channel */
  of(channel: string): Topic | undefined;
  all(): Iterable<Topic>;
  listen(appId: string, name: string): MaybePromise<void>;
  unlisten(appId: string, name: string): void;
  /** Takes over the number of subscriptions in all replicas, unless a later one is known. */
  counted(topic: Topic, total: number, version: number, isOwner: boolean): void;
  /** Whether there are any that Redis does not send yet. */
  hasMissing(): boolean;
  /** @throws Error when the session ends */
  subscribeMissing(session: Session): Promise<void>;
  /** Subscribes once more, and loads what was missed. @throws Error when the session ends */
  renew(topic: Topic, session: Session): Promise<void>;
  /** Loads members and totals of one topic anew. @throws Error when the session ends */
  load(topic: Topic, session: Session): Promise<void>;
  /** @throws Error when the session ends */
  loadAll(session: Session): Promise<void>;
  /**
   * Loads some topics anew, others at each call: what was missed without a trace (a slot of a Redis Cluster that moved)
   * does not stay wrong.
   * @throws Error when the session ends
   */
  loadSome(session: Session): Promise<void>;
  /** Redis is away: nothing is subscribed and no version holds. */
  suspend(): void;
  stop(): void;
};

/** @param onEnd hears of each topic that is not received any more */
export function createTopics(context: RedisContext, onEnd: (topic: Topic) => void): Topics {
  const { keys, timings } = context;
  const topics = new Map<string, Topic>();
  const missing = new Set<Topic>();
  const idle = new Set<Topic>();
  let turn = topics.values();
  let batch: { topics: Topic[]; sent: Promise<void> } | undefined;
  const sweeper = setInterval(sweep, Math.max(50, timings.lingerMs / 4));
  sweeper.unref();

  function create(appId: string, name: string): Topic {
    const hasMembers = channelKind(name) === "presence" || userOfChannel(name) !== undefined;
    const { receiver } = context;
    const topic: Topic = {
      appId,
      name,
      channel: keys.topic(appId, name),
      mirror: hasMembers
        ? new Mirror({
            added: (member) => receiver.memberAdded(appId, name, member),
            removed: (userId) => receiver.memberRemoved(appId, name, userId),
          })
        : undefined,
      idleSince: undefined,
      isSubscribed: false,
      opening: undefined,
      total: 0,
      totalVersion: 0,
    };
    topics.set(topic.channel, topic);
    missing.add(topic);
    return topic;
  }

  async function open(topic: Topic, session: Session): Promise<void> {
    try {
      await subscribe(topic, session);
      if (topic.mirror !== undefined) await load(topic, session);
    } catch {
      // The session has ended: this process answers alone from here on, and the next session subscribes.
    } finally {
      topic.opening = undefined;
    }
  }

  /** Topics of one turn of the event loop are subscribed by one command. */
  async function subscribe(topic: Topic, session: Session): Promise<void> {
    if (batch === undefined) {
      const started: Topic[] = [];
      batch = {
        topics: started,
        sent: new Promise((resolve) => setImmediate(resolve)).then(() => {
          batch = undefined;
          return session.subscribe(started.map(({ channel }) => channel));
        }),
      };
    }
    batch.topics.push(topic);
    await batch.sent;
    if (context.session !== session) throw new Error("Redis is away");
    topic.isSubscribed = true;
    missing.delete(topic);
  }

  async function load(topic: Topic, session: Session): Promise<void> {
    const { appId, name, mirror } = topic;
    for (let isWhole = false; !isWhole; ) {
      mirror?.suspend();
      const { snapshot, total, totalVersion } = await loadTopic(context, session, appId, name);
      counted(topic, total, totalVersion, false);
      isWhole = mirror?.load(snapshot, context.isGrace) ?? true;
    }
  }

  function counted(topic: Topic, total: number, version: number, isOwner: boolean): void {
    // Until everybody has told, a number may be without theirs, or have them under two names.
    if (context.isGrace || version < topic.totalVersion) return;
    const isChange = total !== topic.total;
    topic.total = total;
    topic.totalVersion = version;
    // Its owner tells of a number that it has loaded before the news came.
    if (isChange || isOwner) context.receiver.counted(topic.appId, topic.name, total, isOwner);
  }

  function sweep(): void {
    const { session } = context;
    const before = performance.now() - timings.lingerMs;
    const ended: Topic[] = [];
    for (const topic of idle) {
      if ((topic.idleSince ?? before) > before) break;
      if (topic.opening !== undefined) continue;
      // A session that is not in use yet has subscribed it: it is unsubscribed when that is.
      if (topic.isSubscribed && session === undefined) continue;
      idle.delete(topic);
      missing.delete(topic);
      topics.delete(topic.channel);
      onEnd(topic);
      if (topic.isSubscribed) ended.push(topic);
    }
    if (ended.length > 0) session?.unsubscribe(ended.map(({ channel }) => channel)).catch(() => undefined);
  }

  return {
    get: (appId, name) => topics.get(keys.topic(appId, name)),
    of: (channel) => topics.get(channel),
    all: () => topics.values(),
    listen(appId, name) {
      const topic = topics.get(keys.topic(appId, name)) ?? create(appId, name);
      topic.idleSince = undefined;
      idle.delete(topic);
      const { session } = context;
      if (session === undefined) return undefined;
      if (!topic.isSubscribed) topic.opening ??= open(topic, session);
      return topic.opening;
    },
    unlisten(appId, name) {
      const topic = topics.get(keys.topic(appId, name));
      if (topic === undefined) return;
      topic.idleSince = performance.now();
      idle.add(topic);
    },
    counted,
    hasMissing: () => missing.size > 0,
    async subscribeMissing(session) {
      const all = [...missing];
      if (all.length === 0) return;
      await session.subscribe(all.map(({ channel }) => channel));
      for (const topic of all) {
        topic.isSubscribed = true;
        missing.delete(topic);
      }
      // Those that ended meanwhile; one that was needed again has begun anew, and is missing.
      const ended = all.filter(({ channel }) => !topics.has(channel));
      if (ended.length > 0) await session.unsubscribe(ended.map(({ channel }) => channel));
    },
    async renew(topic, session) {
      if (!topic.isSubscribed && topic.opening === undefined) return;
      await session.subscribe([topic.channel]);
      if (topics.has(topic.channel)) await load(topic, session);
      else await session.unsubscribe([topic.channel]);
    },
    load,
    async loadAll(session) {
      await inBatches([...topics.values()], (topic) => load(topic, session));
    },
    async loadSome(session) {
      const some: Topic[] = [];
      while (some.length < Math.min(LOADS_IN_TURN, topics.size)) {
        const { value } = turn.next();
        if (value === undefined) turn = topics.values();
        else some.push(value);
      }
      await Promise.all(some.filter((topic) => topic.isSubscribed).map((topic) => load(topic, session)));
    },
    suspend() {
      for (const topic of topics.values()) {
        topic.isSubscribed = false;
        // What comes back may count anew, on a host whose clock is behind.
        topic.totalVersion = 0;
        missing.add(topic);
        topic.mirror?.suspend();
        topic.mirror?.giveUp();
      }
    },
    stop() {
      clearInterval(sweeper);
      this.suspend();
    },
  };
}
