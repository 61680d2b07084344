import type { CachedEvent, LastEvent } from "../cluster";
import { LAST_EVENT_TTL_MS } from "../local-cluster";
import { CACHE_MISS_SUPPRESSION_MS, createTtlSet } from "../ttl-set";
import type { RedisContext } from "./context";
import type { RedisConnectionPair } from "./redis-connection-pair";
import { PUBLISH_CACHED } from "./scripts/publish";

/** The last events of cache channels: in Redis, and in this process while Redis is away. */
export type LastEvents = {
  /**
   * Publishes the event and stores it, in one step.
   * @param bytes the encoded message
   * @returns the number of connections to which Redis sent it
   * @throws Error when the connection pair fails; the event is kept in this process then
   */
  publish(redis: RedisConnectionPair, appId: string, channel: string, event: LastEvent, bytes: Buffer): Promise<number>;
  set(appId: string, channel: string, event: LastEvent): void;
  get(appId: string, channel: string): Promise<CachedEvent | undefined>;
  claimCacheMiss(appId: string, channel: string): Promise<boolean>;
  /** Writes the events that were kept while Redis was away. */
  flushKept(redis: RedisConnectionPair): void;
};

export function createLastEvents(context: RedisContext): LastEvents {
  const { keys } = context;
  const misses = createTtlSet(CACHE_MISS_SUPPRESSION_MS);
  const kept = new Map<string, LastEvent & { expiresAt: number }>();

  function keep(key: string, event: LastEvent, expiresAt: number): void {
    const now = performance.now();
    for (const [other, { expiresAt: end }] of kept) {
      if (end > now) break;
      kept.delete(other);
    }
    kept.delete(key);
    kept.set(key, { ...event, expiresAt });
  }

  const encode = ({ json, data }: LastEvent) => JSON.stringify([json, data]);

  function write(key: string, event: LastEvent, expiresAt: number, redis: RedisConnectionPair): void {
    const remainingMs = Math.ceil(expiresAt - performance.now());
    if (remainingMs <= 0) return;
    redis.run((client) => client.set(key, encode(event), "PX", remainingMs)).catch(() => keep(key, event, expiresAt));
  }

  function getKept(key: string): CachedEvent | undefined {
    const event = kept.get(key);
    const left = (event?.expiresAt ?? 0) - performance.now();
    if (event === undefined || left <= 0) return undefined;
    return { json: event.json, data: event.data, ttlSeconds: Math.ceil(left / 1_000) };
  }

  return {
    async publish(redis, appId, channel, event, bytes) {
      const [key, missed] = [keys.lastEvent(appId, channel), keys.cacheMiss(appId, channel)];
      const expiresAt = performance.now() + LAST_EVENT_TTL_MS;
      misses.delete(missed);
      try {
        const { publishCommand } = redis;
        const args = [publishCommand, keys.topic(appId, channel), bytes, encode(event), LAST_EVENT_TTL_MS];
        const sent = redis.runScript(PUBLISH_CACHED, [key], args);
        // Deleted by a command of its own: the script may have one key only, because slots of a Redis Cluster migrate key by key.
        redis.run((client) => client.del(missed)).catch(() => undefined);
        return Number(await sent);
      } catch (error) {
        keep(key, event, expiresAt);
        throw error;
      }
    },
    set(appId, channel, event) {
      const key = keys.lastEvent(appId, channel);
      const expiresAt = performance.now() + LAST_EVENT_TTL_MS;
      const { redis } = context;
      const missed = keys.cacheMiss(appId, channel);
      misses.delete(missed);
      if (redis === undefined) {
        keep(key, event, expiresAt);
        return;
      }
      write(key, event, expiresAt, redis);
      redis.run((client) => client.del(missed)).catch(() => undefined);
    },
    async get(appId, channel) {
      const key = keys.lastEvent(appId, channel);
      const { redis } = context;
      if (redis === undefined) return getKept(key);
      try {
        const [text, left] = await Promise.all([
          redis.run((client) => client.get(key)),
          redis.run((client) => client.pttl(key)),
        ]);
        if (text === null || left <= 0) return undefined;
        const [json, data] = JSON.parse(text) as [string, string];
        return { json, data, ttlSeconds: Math.ceil(left / 1_000) };
      } catch {
        return getKept(key);
      }
    },
    async claimCacheMiss(appId, channel) {
      const key = keys.cacheMiss(appId, channel);
      const { redis } = context;
      if (redis === undefined) return misses.addIfAbsent(key);
      try {
        return (
          (await redis.run((client) => client.set(key, context.processId, "PX", CACHE_MISS_SUPPRESSION_MS, "NX"))) ===
          "OK"
        );
      } catch {
        return misses.addIfAbsent(key);
      }
    },
    flushKept(redis) {
      const all = [...kept];
      kept.clear();
      for (const [key, event] of all) write(key, event, event.expiresAt, redis);
    },
  };
}
