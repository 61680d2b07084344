import { createClaims, MISS_MS } from "../claims";
import type { CachedEvent, LastEvent } from "../cluster";
import { CACHE_MS } from "../local";
import type { RedisContext } from "./context";
import { PUBLISH_CACHED } from "./scripts";
import type { Session } from "./session";

/** The last events of cache channels: in Redis, and here as long as Redis does not take them. */
export type LastEvents = {
  /**
   * Publishes the event and keeps it, in one step.
   * @param bytes as the topic's pub/sub channel carries it
   * @returns to how many connections Redis sent it
   * @throws Error when the session ends; then the event is kept here
   */
  publish(session: Session, appId: string, channel: string, event: LastEvent, bytes: Buffer): Promise<number>;
  remember(appId: string, channel: string, event: LastEvent): void;
  recall(appId: string, channel: string): Promise<CachedEvent | undefined>;
  claimMiss(appId: string, channel: string): Promise<boolean>;
  /** Gives Redis what came while it was away. */
  handOver(session: Session): void;
};

export function createLastEvents(context: RedisContext): LastEvents {
  const { keys } = context;
  const misses = createClaims(MISS_MS);
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

  function write(key: string, event: LastEvent, expiresAt: number, session: Session): void {
    const left = Math.ceil(expiresAt - performance.now());
    if (left <= 0) return;
    session.run((client) => client.set(key, encode(event), "PX", left)).catch(() => keep(key, event, expiresAt));
  }

  function recallAlone(key: string): CachedEvent | undefined {
    const event = kept.get(key);
    const left = (event?.expiresAt ?? 0) - performance.now();
    if (event === undefined || left <= 0) return undefined;
    return { json: event.json, data: event.data, ttlSeconds: Math.ceil(left / 1_000) };
  }

  return {
    async publish(session, appId, channel, event, bytes) {
      const [key, missed] = [keys.cached(appId, channel), keys.missed(appId, channel)];
      const expiresAt = performance.now() + CACHE_MS;
      misses.release(missed);
      try {
        const { publishCommand } = session;
        const args = [publishCommand, keys.topic(appId, channel), bytes, encode(event), CACHE_MS];
        const sent = session.runScript(PUBLISH_CACHED, [key], args);
        // A key of its own, for a slot of a Redis Cluster is moved key by key.
        session.run((client) => client.del(missed)).catch(() => undefined);
        return Number(await sent);
      } catch (error) {
        keep(key, event, expiresAt);
        throw error;
      }
    },
    remember(appId, channel, event) {
      const key = keys.cached(appId, channel);
      const expiresAt = performance.now() + CACHE_MS;
      const { session } = context;
      const missed = keys.missed(appId, channel);
      misses.release(missed);
      if (session === undefined) {
        keep(key, event, expiresAt);
        return;
      }
      write(key, event, expiresAt, session);
      session.run((client) => client.del(missed)).catch(() => undefined);
    },
    async recall(appId, channel) {
      const key = keys.cached(appId, channel);
      const { session } = context;
      if (session === undefined) return recallAlone(key);
      try {
        const [text, left] = await Promise.all([
          session.run((client) => client.get(key)),
          session.run((client) => client.pttl(key)),
        ]);
        if (text === null || left <= 0) return undefined;
        const [json, data] = JSON.parse(text) as [string, string];
        return { json, data, ttlSeconds: Math.ceil(left / 1_000) };
      } catch {
        return recallAlone(key);
      }
    },
    async claimMiss(appId, channel) {
      const key = keys.missed(appId, channel);
      const { session } = context;
      if (session === undefined) return misses.claim(key);
      try {
        return (await session.run((client) => client.set(key, context.origin, "PX", MISS_MS, "NX"))) === "OK";
      } catch {
        return misses.claim(key);
      }
    },
    handOver(session) {
      const all = [...kept];
      kept.clear();
      for (const [key, event] of all) write(key, event, event.expiresAt, session);
    },
  };
}
