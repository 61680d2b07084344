import type { RedisContext } from "./context";
import type { MembersSnapshot } from "./presence-view";
import type { RedisConnectionPair } from "./redis-connection-pair";

export type LoadedTopic = {
  snapshot: MembersSnapshot;
  /** Subscriptions in all replicas, and the version of that number. */
  total: number;
  totalVersion: number;
};

const MEMBER_PREFIX = "m:";

/** Reads members and totals of a topic from Redis. @throws Error when the connection pair fails */
export async function loadTopic(
  { keys }: Pick<RedisContext, "keys">,
  redis: RedisConnectionPair,
  appId: string,
  name: string,
): Promise<LoadedTopic> {
  const state = await redis.run((client) => client.hgetall(keys.state(appId, name)));
  const members = new Map<string, { replicaCount: number; info: string }>();
  for (const [field, entry] of Object.entries(state)) {
    if (!field.startsWith(MEMBER_PREFIX)) continue;
    const end = entry.indexOf("\n");
    const replicaCount = entry.slice(2, end).split(" ").filter(Boolean).length;
    // A member without a replica has left; the entry stays until the webhook is sent.
    if (replicaCount > 0) members.set(field.slice(MEMBER_PREFIX.length), { replicaCount, info: entry.slice(end + 1) });
  }
  const number = (field: string) => Number(state[field] ?? 0);
  return { snapshot: { version: number("v"), members }, total: number("n"), totalVersion: number("t") };
}
