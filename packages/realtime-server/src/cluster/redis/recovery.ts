import { setTimeout as delay } from "node:timers/promises";
import type { MutableRedisContext } from "./context";
import type { LastEvents } from "./last-events";
import type { LocalState } from "./local-state";
import { type ConnectionPairEvents, openConnectionPair, type RedisConnectionPair } from "./redis-connection-pair";
import type { RedisTarget } from "./redis-url";
import type { Replicas } from "./replicas";
import type { Topics } from "./topics";

const FIRST_RETRY_MS = 100;
const MAX_RETRY_MS = 1_000;

/** Connects this process to Redis, and again after each loss, with all of its state. */
export type Recovery = {
  /** Resolves when this process is in the cluster. */
  start(): Promise<void>;
  /** Takes this process out of the cluster. Safe to call twice. */
  stop(): Promise<void>;
};

type Parts = {
  context: MutableRedisContext;
  target: RedisTarget;
  topics: Topics;
  localState: LocalState;
  replicas: Replicas;
  lastEvents: LastEvents;
  onMessage: ConnectionPairEvents["onMessage"];
  onSlotsMoved(redis: RedisConnectionPair, hasMoved: (channel: string) => boolean): void;
  /** Called after each loss, when this process is on its own. */
  onLost(): void;
};

export function createRecovery(parts: Parts): Recovery {
  const { context, target, topics, localState, replicas, lastEvents, onMessage, onSlotsMoved, onLost } = parts;
  const { timings, logger, processId } = context;
  /** Earlier names of this process under which Redis may still have state. */
  const earlierNames: string[] = [];
  let incarnation = 0;
  let isStopped = false;
  let graceTimer: NodeJS.Timeout | undefined;

  async function recover(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    let isLogged = false;
    while (!isStopped && context.redis === undefined) {
      try {
        await connect();
        if (context.redis !== undefined) logger.info({ replica: context.replica }, "in the cluster");
      } catch (error) {
        if (!isLogged) logger.warn({ err: error }, "Redis is away: this replica goes on alone");
        isLogged = true;
        disconnect();
        await delay(retryMs * (0.5 + Math.random() / 2), undefined, { ref: false });
        retryMs = Math.min(2 * retryMs, MAX_RETRY_MS);
      }
    }
  }

  /** Connects, then subscribes and publishes until nothing is missing on either side. */
  async function connect(): Promise<void> {
    const opened: RedisConnectionPair = await openConnectionPair(target, timings.timeoutMs, {
      onMessage,
      onMoved: (hasMoved) => onSlotsMoved(opened, hasMoved),
      onLost(error) {
        if (context.redis === opened) handleLoss(error);
      },
    });
    if (isStopped) return opened.close();
    context.recovering = opened;
    if (incarnation > 0) earlierNames.push(context.replica);
    incarnation += 1;
    context.replica = `${processId}.${incarnation}`;
    await replicas.register(opened);
    while (topics.hasUnsubscribed() || localState.hasUnpublished()) {
      await topics.subscribeAll(opened);
      await localState.republish(opened);
    }
    if (!opened.isOpen) throw new Error("Redis is away");
    context.redis = opened;
    context.recovering = undefined;
    context.isInGracePeriod = incarnation > 1;
    void finish(opened);
  }

  /** Does the steps of a recovery for which clients need not wait. */
  async function finish(redis: RedisConnectionPair): Promise<void> {
    try {
      lastEvents.flushKept(redis);
      await topics.loadAll(redis);
      for (const name of [...earlierNames]) {
        await replicas.retire(name, redis);
        earlierNames.splice(earlierNames.indexOf(name), 1);
      }
    } catch {
      return;
    }
    if (!context.isInGracePeriod || context.redis !== redis) return;
    graceTimer = setTimeout(() => {
      if (context.redis !== redis) return;
      context.isInGracePeriod = false;
      topics.loadAll(redis).catch(() => undefined);
    }, timings.graceMs);
    graceTimer.unref();
  }

  function handleLoss(error: Error): void {
    logger.warn({ err: error }, "Redis is lost: this replica goes on alone");
    disconnect();
    onLost();
    if (!isStopped) void recover();
  }

  function disconnect(): void {
    clearTimeout(graceTimer);
    context.recovering?.close();
    context.recovering = undefined;
    context.redis = undefined;
    topics.suspend();
    localState.markUnpublished();
  }

  return {
    start: recover,
    async stop() {
      if (isStopped) return;
      if (context.redis !== undefined) {
        await localState.flush();
        await replicas.unregister(context.redis).catch(() => undefined);
      }
      isStopped = true;
      const last = context.redis ?? context.recovering;
      disconnect();
      last?.close();
    },
  };
}
