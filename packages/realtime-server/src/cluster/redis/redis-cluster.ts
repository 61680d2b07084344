import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "@mgs/core/logger";
import type { PresenceMember } from "../../protocol/frames";
import type { Cluster, ClusterReceiver, TopicMessage } from "../cluster";
import { HOLD_MS } from "../held-reports";
import { lastEventOf } from "../last-event";
import type { RedisContext, Timings } from "./context";
import { createDues } from "./dues";
import { inBatches } from "./in-batches";
import { createInFlight, type OwnMessage } from "./in-flight";
import { createKeys } from "./keys";
import { createLastEvents } from "./last-events";
import { createOverview } from "./overview";
import { createOwnState } from "./own-state";
import { parseRedisUrl, type RedisTarget } from "./redis-url";
import { createRemoteBindings } from "./remote-bindings";
import { createReplicas } from "./replicas";
import { openSession, type Session } from "./session";
import { createTopics, type Topic } from "./topics";
import { decodeMessage, encodeMessage, encodeNothing } from "./wire";

export type RedisClusterOptions = {
  /** As `parseRedisUrl` reads it. */
  url: string;
  /** Begins the name of everything in Redis; processes with another one are another cluster. */
  prefix?: string | undefined;
  logger: Logger;
  timings?: Partial<Timings> | undefined;
};

export const defaultTimings: Timings = {
  timeoutMs: 1_000,
  heartbeatMs: 5_000,
  reportMs: 1_000,
  silenceMs: 15_000,
  graceMs: 10_000,
  holdMs: HOLD_MS,
  lingerMs: 5_000,
};

const FIRST_RETRY_MS = 100;
const LONGEST_RETRY_MS = 1_000;

/**
 * Many processes that act as one, through Redis. While Redis is away each of them goes on alone with what it has; when
 * it is back they put together again what they have, whether Redis has kept its data or not.
 * @throws Error when the address is none
 */
export function createRedisCluster(options: RedisClusterOptions): Cluster {
  const target = parseRedisUrl(options.url);
  const { logger } = options;
  const timings = { ...defaultTimings, ...options.timings };
  const keys = createKeys(`${options.prefix ?? "mgs:rt:"}${databaseName(target)}`);
  const origin = randomBytes(8).toString("hex");
  const inFlight = createInFlight();
  const settling = new Map<number, () => void>();
  /** Names of this process under which Redis may still have something. */
  const earlier: string[] = [];
  let receiver: ClusterReceiver;
  let replica = `${origin}.0`;
  let incarnation = 0;
  /** The session in use, and the one that is being put right. */
  let session: Session | undefined;
  let next: Session | undefined;
  let isGrace = false;
  let isStopped = false;
  let graceTimer: NodeJS.Timeout | undefined;

  const context: RedisContext = {
    keys,
    timings,
    logger,
    get receiver() {
      return receiver;
    },
    origin,
    get replica() {
      return replica;
    },
    get session() {
      return session;
    },
    get isGrace() {
      return isGrace;
    },
  };
  const dues = createDues(context);
  const topics = createTopics(context, ({ channel }) => inFlight.forget(channel));
  const own = createOwnState(context, topics, dues);
  const replicas = createReplicas(context, topics, dues);
  const bindings = createRemoteBindings(context, topics, replicas);
  const overview = createOverview(context, { topics, own, replicas });
  const lastEvents = createLastEvents(context);

  /** Tries until Redis is there and knows everything. */
  async function recover(): Promise<void> {
    let wait = FIRST_RETRY_MS;
    let isTold = false;
    while (!isStopped && session === undefined) {
      try {
        await begin();
        if (session !== undefined) logger.info({ replica }, "in the cluster");
      } catch (error) {
        if (!isTold) logger.warn({ err: error }, "Redis is away: this replica goes on alone");
        isTold = true;
        forgetSession();
        await delay(wait * (0.5 + Math.random() / 2), undefined, { ref: false });
        wait = Math.min(2 * wait, LONGEST_RETRY_MS);
      }
    }
  }

  async function begin(): Promise<void> {
    const opened: Session = await openSession(target, timings.timeoutMs, {
      message: receive,
      moved: (hasMoved) => void renewMoved(opened, hasMoved),
      lost: (error) => {
        if (session === opened) lose(error);
      },
    });
    if (isStopped) return opened.close();
    next = opened;
    if (incarnation > 0) earlier.push(replica);
    incarnation += 1;
    replica = `${origin}.${incarnation}`;
    await replicas.enter(opened);
    while (topics.hasMissing() || own.hasUntold()) {
      await topics.subscribeMissing(opened);
      await own.assertUntold(opened);
    }
    if (!opened.isOpen) throw new Error("Redis is away");
    session = opened;
    next = undefined;
    isGrace = incarnation > 1;
    void putRight(opened);
  }

  /** What may follow when this process is in the cluster again. */
  async function putRight(opened: Session): Promise<void> {
    try {
      lastEvents.handOver(opened);
      await topics.loadAll(opened);
      for (const name of [...earlier]) {
        await replicas.retire(name, opened);
        earlier.splice(earlier.indexOf(name), 1);
      }
    } catch {
      return;
    }
    if (!isGrace || session !== opened) return;
    graceTimer = setTimeout(() => {
      if (session !== opened) return;
      isGrace = false;
      topics.loadAll(opened).catch(() => undefined);
    }, timings.graceMs);
    graceTimer.unref();
  }

  function lose(error: Error): void {
    logger.warn({ err: error }, "Redis is lost: this replica goes on alone");
    forgetSession();
    deliverOwn(inFlight.takeAll());
    for (const resolve of settling.values()) resolve();
    settling.clear();
    if (!isStopped) void recover();
  }

  function forgetSession(): void {
    clearTimeout(graceTimer);
    next?.close();
    next = undefined;
    session = undefined;
    topics.suspend();
    own.forgetTold();
  }

  function receive(channel: string, bytes: Buffer): void {
    const topic = topics.of(channel);
    const message = topic && decodeMessage(bytes);
    if (message === undefined || topic === undefined) return;
    const { appId, name } = topic;
    switch (message.kind) {
      case "event":
      case "terminate":
        if (message.origin === origin) deliverOwn(inFlight.take(channel, message.number));
        else receiver.message(appId, name, message);
        break;
      case "nothing":
        if (message.origin !== origin) break;
        deliverOwn(inFlight.takeBefore(channel, message.number));
        settling.get(message.number)?.();
        break;
      case "total":
        topics.counted(topic, message.total, message.version, message.replica === replica);
        break;
      case "bind":
      case "answer":
        bindings.receive(message);
        break;
      case "member":
        if (topic.mirror?.apply(message, isGrace) === false) reload(topic);
    }
  }

  function deliverOwn(messages: readonly OwnMessage[]): void {
    for (const { appId, topic, message } of messages) receiver.message(appId, topic, message);
  }

  /** Between two nodes of a Redis Cluster a topic is heard by nobody. */
  async function renewMoved(opened: Session, hasMoved: (channel: string) => boolean): Promise<void> {
    const moved = [...topics.all()].filter(({ channel }) => hasMoved(channel));
    try {
      await inBatches(moved, async (topic) => {
        await topics.renew(topic, opened);
        // What this process has published meanwhile is delivered here when that comes back.
        if (session === opened) await settle(topic.appId, topic.name);
      });
    } catch {
      // The session has ended; the next one renews everything.
    }
  }

  function reload(topic: Topic): void {
    if (session === undefined) topic.mirror?.suspend();
    else topics.load(topic, session).catch(() => undefined);
  }

  async function publish(appId: string, name: string, message: TopicMessage): Promise<void> {
    const channel = keys.topic(appId, name);
    const cached = lastEventOf(message);
    if (session === undefined) {
      if (cached !== undefined) lastEvents.remember(appId, name, cached);
      receiver.message(appId, name, message);
      // Others may hear it all the same.
      next?.publish(channel, encodeMessage(origin, 0, message)).catch(() => undefined);
      return;
    }
    const topic = topics.get(appId, name);
    // What nobody here needs may be unsubscribed before it returns.
    const isHeard = topic?.isSubscribed === true && topic.idleSince === undefined;
    const number = isHeard ? inFlight.add(channel, { appId, topic: name, message }, session.watch()) : 0;
    const bytes = encodeMessage(origin, number, message);
    const current = session;
    try {
      if (cached === undefined) {
        await current.publish(channel, bytes);
        return;
      }
      const receivers = await lastEvents.publish(current, appId, name, cached, bytes);
      // While a slot is open, a script that misses its key runs at the node that gets the slot, where nobody is subscribed
      // yet, not even we. What has no key goes to the node that has the slot.
      if (receivers === 0 && number > 0 && current.isSpread) await current.publish(channel, bytes);
    } catch {
      // The session has ended, and with that all that was on its way has been delivered here.
    }
  }

  async function settle(appId?: string, name?: string): Promise<void> {
    const current = session;
    if (current === undefined) return;
    const asked = appId === undefined || name === undefined ? topics.all() : [topics.get(appId, name)];
    // What nobody needs any more may be unsubscribed before the answer comes back.
    const isHeard = (topic: Topic) => topic.isSubscribed && topic.idleSince === undefined;
    const heard = [...asked].flatMap((topic) => (topic !== undefined && isHeard(topic) ? [topic] : []));
    const returned = heard.map(
      (topic) =>
        new Promise<void>((resolve) => {
          const number = inFlight.mark();
          const done = current.watch();
          settling.set(number, () => {
            settling.delete(number);
            done();
            resolve();
          });
          current.publish(topic.channel, encodeNothing(origin, number)).catch(() => undefined);
        }),
    );
    await Promise.all(returned);
  }

  return {
    attach(attached) {
      receiver = attached;
    },
    async start() {
      bindings.start();
      await Promise.race([recover(), delay(2 * timings.timeoutMs)]);
    },
    async stop() {
      if (isStopped) return;
      if (session !== undefined) {
        await own.flush();
        await replicas.leave(session).catch(() => undefined);
      }
      isStopped = true;
      const last = session ?? next;
      forgetSession();
      last?.close();
      dues.stop();
      topics.stop();
      replicas.stop();
    },
    listen: (appId, topic) => topics.listen(appId, topic),
    unlisten: (appId, topic) => topics.unlisten(appId, topic),
    publish,
    settle,
    join: (appId, topic, member, limit) =>
      session === undefined ? own.joinAlone(appId, topic, member, limit) : own.join(appId, topic, member, limit),
    leave: (appId, topic, userId) => own.leave(appId, topic, userId),
    present: (appId, topic) => topics.get(appId, topic)?.mirror?.present ?? NOBODY,
    count: (appId, channel, subscriptions) => own.count(appId, channel, subscriptions),
    channel: overview.channel,
    channels: overview.channels,
    members: overview.members,
    remember: lastEvents.remember,
    recall: lastEvents.recall,
    claimMiss: lastEvents.claimMiss,
    async bind(appId, socketId, binding) {
      const own = await receiver.bind(appId, socketId, binding);
      return own === "absent" ? bindings.bind(appId, socketId, binding) : own;
    },
    async reports(appId) {
      try {
        if (session !== undefined) return await replicas.reports(appId, session);
      } catch {
        // Then this process alone is what it knows of.
      }
      const report = new Map(receiver.report()).get(appId);
      return report === undefined ? [] : [report];
    },
  };
}

/** Pub/sub knows no databases: clusters in two of them have other names. */
function databaseName(target: RedisTarget): string {
  const db = target.kind === "single" ? (target.options.db ?? 0) : 0;
  return db === 0 ? "" : `${db}:`;
}

const NOBODY: ReadonlyMap<string, PresenceMember> = new Map();
