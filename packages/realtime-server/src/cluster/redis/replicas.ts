import { channelKind } from "../../protocol/channel-name";
import type { ReplicaReport } from "../cluster";
import { changeTopic, type TopicChange } from "./change-topic";
import type { RedisContext } from "./context";
import type { DelayedWebhooks } from "./delayed-webhooks";
import { mapInBatches } from "./map-in-batches";
import type { RedisConnectionPair } from "./redis-connection-pair";
import { HEARTBEAT } from "./scripts/heartbeat";
import type { Topics } from "./topics";

/** Time that a replica has to remove the state of a dead one. */
const REAP_LOCK_MS = 30_000;

/** The replicas of the cluster: each sends heartbeats, and removes the state of a dead one. */
export type Replicas = {
  /** Adds this replica. @throws Error when the connection pair fails */
  register(redis: RedisConnectionPair): Promise<void>;
  /** Every replica whose state is in Redis. @throws Error when the connection pair fails */
  listReplicas(redis: RedisConnectionPair): Promise<string[]>;
  /** @throws Error when the connection pair fails */
  listReports(appId: string, redis: RedisConnectionPair): Promise<ReplicaReport[]>;
  /**
   * Removes the state of this process under an earlier name. Earlier commands may still be on their way, so the name stays
   * listed until it has been silent for long enough to be removed again.
   */
  retire(replica: string, redis: RedisConnectionPair): Promise<void>;
  /** Removes this replica and its state. */
  unregister(redis: RedisConnectionPair): Promise<void>;
  /** Begins to send heartbeats and reports. */
  start(): void;
  stop(): void;
};

export function createReplicas(context: RedisContext, topics: Topics, delayedWebhooks: DelayedWebhooks): Replicas {
  const { keys, timings, logger } = context;
  let isSendingHeartbeat = false;
  let timer: NodeJS.Timeout | undefined;
  let reportTimer: NodeJS.Timeout | undefined;

  async function publishReport(): Promise<void> {
    const { redis } = context;
    // It fails only with the connection pair, and the next pair reports again.
    if (redis !== undefined) await report(redis).catch(() => undefined);
  }

  async function sendHeartbeat(): Promise<void> {
    const { redis } = context;
    if (redis === undefined || isSendingHeartbeat) return;
    isSendingHeartbeat = true;
    try {
      const [, [since, ...silent]] = await Promise.all([redis.ping(), heartbeat(redis)]);
      if (since === -1 || since > timings.replicaTimeoutMs) {
        redis.fail(new Error("the other replicas took this one for dead"));
        return;
      }
      await topics.reloadNextBatch(redis);
      for (const replica of silent) if (replica !== context.replica) await reap(replica, redis);
    } catch {
      // The connection pair has failed, and reports that itself.
    } finally {
      isSendingHeartbeat = false;
    }
  }

  const heartbeat = (redis: RedisConnectionPair) =>
    redis.runScript(HEARTBEAT, [keys.replicas], [context.replica, timings.replicaTimeoutMs]) as Promise<
      [number, ...string[]]
    >;

  async function report(redis: RedisConnectionPair): Promise<void> {
    const reports = JSON.stringify(Object.fromEntries(context.receiver.collectReports()));
    await redis.run((client) => client.hset(keys.reports, context.replica, reports));
  }

  async function reap(replica: string, redis: RedisConnectionPair): Promise<void> {
    const lock = keys.reapLock(replica);
    if ((await redis.run((client) => client.set(lock, context.processId, "PX", REAP_LOCK_MS, "NX"))) === null) return;
    logger.warn({ replica }, "taking a silent replica's state away");
    for (const appId of await appsOf(replica, redis)) {
      const names = await namesOf(replica, appId, redis);
      await mapInBatches(names, (name) => removeTopicOfDeadReplica(replica, appId, name, redis));
      await redis.run((client) => client.del(keys.registry(appId, replica)));
    }
    await deleteReplica(replica, redis);
    await redis.run((client) => client.del(lock));
  }

  const appsOf = (replica: string, redis: RedisConnectionPair) =>
    redis.run((client) => client.smembers(keys.apps(replica)));

  const namesOf = (replica: string, appId: string, redis: RedisConnectionPair) =>
    redis.run((client) => client.hkeys(keys.registry(appId, replica)));

  const createEmptyState = (replica: string, appId: string, name: string): TopicChange => ({
    replica,
    appId,
    name,
    subscriptions: 0,
    isComplete: true,
    webhookDelayMs: timings.webhookDelayMs,
  });

  async function removeReplicaState(replica: string, appId: string, redis: RedisConnectionPair): Promise<string[]> {
    const names = await namesOf(replica, appId, redis);
    await mapInBatches(names, (name) =>
      changeTopic(context, delayedWebhooks, redis, createEmptyState(replica, appId, name)),
    );
    return names;
  }

  /** Announces the new total and raises its webhook as well: no owner of the change is left to do it. */
  async function removeTopicOfDeadReplica(
    replica: string,
    appId: string,
    name: string,
    redis: RedisConnectionPair,
  ): Promise<void> {
    const change: TopicChange = { ...createEmptyState(replica, appId, name), isCountAnnounced: true };
    const { total } = await changeTopic(context, delayedWebhooks, redis, change);
    await delayedWebhooks.scheduleUnsent(redis, timings.webhookDelayMs, appId, name);
    if (total === undefined || channelKind(name) === "presence") return;
    context.receiver.raiseWebhook(appId, { name: "subscription_count", channel: name, subscription_count: total });
  }

  async function deleteReplica(replica: string, redis: RedisConnectionPair): Promise<void> {
    await redis.run((client) => client.del(keys.apps(replica)));
    await redis.run((client) => client.hdel(keys.reports, replica));
    await redis.run((client) => client.zrem(keys.replicas, replica));
  }

  return {
    async register(redis) {
      await heartbeat(redis);
      await report(redis);
    },
    listReplicas: (redis) => redis.run((client) => client.zrange(keys.replicas, "0", "-1")),
    async listReports(appId, redis) {
      const all = await redis.run((client) => client.hgetall(keys.reports));
      return Object.values(all).flatMap((text) => {
        const own = (JSON.parse(text) as Record<string, ReplicaReport>)[appId];
        return own === undefined ? [] : [own];
      });
    },
    async retire(replica, redis) {
      await redis.run((client) => client.hdel(keys.reports, replica));
      for (const appId of await appsOf(replica, redis)) {
        const names = await removeReplicaState(replica, appId, redis);
        if (names.length === 0) continue;
        const none = names.flatMap((name) => [name, "0"]);
        await redis.run((client) => client.hset(keys.registry(appId, replica), ...none));
      }
    },
    async unregister(redis) {
      for (const appId of await appsOf(context.replica, redis)) {
        await removeReplicaState(context.replica, appId, redis);
        await redis.run((client) => client.del(keys.registry(appId, context.replica)));
      }
      await deleteReplica(context.replica, redis);
    },
    start() {
      timer = setInterval(() => void sendHeartbeat(), timings.heartbeatMs).unref();
      reportTimer = setInterval(() => void publishReport(), timings.reportMs).unref();
    },
    stop() {
      clearInterval(timer);
      clearInterval(reportTimer);
    },
  };
}
