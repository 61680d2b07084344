import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "@mgs/core/logger";
import type { PresenceMember } from "../../protocol/frames";
import type { Cluster, ClusterReceiver } from "../cluster";
import { createClusterQueries } from "./cluster-queries";
import { defaultTimings, type MutableRedisContext, type Timings } from "./context";
import { createDelayedWebhooks } from "./delayed-webhooks";
import { createInFlight } from "./in-flight";
import { createKeys } from "./keys";
import { createLastEvents } from "./last-events";
import { createLocalState } from "./local-state";
import { createMessageExchange } from "./message-exchange";
import { createRecovery } from "./recovery";
import { parseRedisUrl, type RedisTarget } from "./redis-url";
import { createRemoteBindings } from "./remote-bindings";
import { createReplicas } from "./replicas";
import { createTopics } from "./topics";

export type RedisClusterOptions = {
  /** As `parseRedisUrl` reads it. */
  url: string;
  /** Begins the name of every key and channel in Redis; processes with different prefixes are different clusters. */
  prefix?: string | undefined;
  logger: Logger;
  timings?: Partial<Timings> | undefined;
};

const NO_MEMBERS: ReadonlyMap<string, PresenceMember> = new Map();

/**
 * Connects many processes through Redis, so that they act as one. While Redis is away each process goes on with its own
 * clients; when it is back they publish their state again, whether Redis has kept its data or not.
 * @throws Error when the address cannot be parsed
 */
export function createRedisCluster(options: RedisClusterOptions): Cluster {
  const target = parseRedisUrl(options.url);
  const timings = { ...defaultTimings, ...options.timings };
  const processId = randomBytes(8).toString("hex");
  let receiver: ClusterReceiver;
  const context: MutableRedisContext = {
    keys: createKeys(`${options.prefix ?? "mgs:rt:"}${databaseName(target)}`),
    timings,
    logger: options.logger,
    get receiver() {
      return receiver;
    },
    processId,
    replica: `${processId}.0`,
    redis: undefined,
    recovering: undefined,
    isInGracePeriod: false,
  };
  const inFlight = createInFlight();
  const delayedWebhooks = createDelayedWebhooks(context);
  const topics = createTopics(context, ({ channel }) => inFlight.forget(channel));
  const localState = createLocalState(context, topics, delayedWebhooks);
  const replicas = createReplicas(context, topics, delayedWebhooks);
  const bindings = createRemoteBindings(context, topics, replicas);
  const queries = createClusterQueries(context, { topics, localState, replicas });
  const lastEvents = createLastEvents(context);
  const exchange = createMessageExchange(context, { topics, inFlight, lastEvents, bindings });
  const recovery = createRecovery({
    context,
    target,
    topics,
    localState,
    replicas,
    lastEvents,
    onMessage: exchange.receive,
    onSlotsMoved: (redis, hasMoved) => void exchange.resubscribeMoved(redis, hasMoved),
    onLost: exchange.deliverInFlight,
  });

  return {
    attach(attached) {
      receiver = attached;
    },
    async start() {
      for (const part of [bindings, delayedWebhooks, topics, replicas]) part.start();
      await Promise.race([recovery.start(), delay(2 * timings.timeoutMs)]);
    },
    async stop() {
      await recovery.stop();
      delayedWebhooks.stop();
      topics.stop();
      replicas.stop();
    },
    listen: topics.listen,
    unlisten: topics.unlisten,
    publish: exchange.publish,
    waitForDelivery: exchange.waitForDelivery,
    join: (appId, topic, member, limit) =>
      context.redis === undefined
        ? localState.joinOffline(appId, topic, member, limit)
        : localState.join(appId, topic, member, limit),
    leave: localState.leave,
    knownMembers: (appId, topic) => topics.get(appId, topic)?.presence?.members ?? NO_MEMBERS,
    setSubscriptionCount: localState.setSubscriptionCount,
    getChannel: queries.getChannel,
    listChannels: queries.listChannels,
    listMembers: queries.listMembers,
    setLastEvent: lastEvents.set,
    getLastEvent: lastEvents.get,
    claimCacheMiss: lastEvents.claimCacheMiss,
    async bindSocket(appId, socketId, binding) {
      const result = await receiver.bindSocket(appId, socketId, binding);
      return result === "absent" ? bindings.bindSocket(appId, socketId, binding) : result;
    },
    async listReports(appId) {
      try {
        if (context.redis !== undefined) return await replicas.listReports(appId, context.redis);
      } catch {
        // The connection pair has failed: this process reports itself alone.
      }
      const report = new Map(receiver.collectReports()).get(appId);
      return report === undefined ? [] : [report];
    },
  };
}

/** Pub/sub ignores the number of the database, so a cluster in another database needs another prefix. */
function databaseName(target: RedisTarget): string {
  const db = target.kind === "single" ? (target.options.db ?? 0) : 0;
  return db === 0 ? "" : `${db}:`;
}
