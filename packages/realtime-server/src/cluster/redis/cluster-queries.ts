import { channelKind } from "../../protocol/channel-name";
import type { PresenceMember } from "../../protocol/frames";
import type { ChannelState } from "../cluster";
import type { RedisContext } from "./context";
import { loadTopic } from "./load-topic";
import type { LocalState } from "./local-state";
import { mapInBatches } from "./map-in-batches";
import { decodeInfo } from "./presence-view";
import type { RedisConnectionPair } from "./redis-connection-pair";
import type { Replicas } from "./replicas";
import type { Topics } from "./topics";

/**
 * Queries over all replicas; while Redis is away they answer from this process alone. The share of this process is its
 * current one, which Redis gets a moment after the client.
 */
export type ClusterQueries = {
  getChannel(appId: string, name: string): Promise<ChannelState>;
  listChannels(appId: string, prefix: string): Promise<ChannelState[]>;
  listMembers(appId: string, name: string): Promise<PresenceMember[]>;
};

export function createClusterQueries(
  context: RedisContext,
  parts: {
    topics: Topics;
    localState: LocalState;
    replicas: Replicas;
  },
): ClusterQueries {
  const { keys } = context;
  const { topics, localState, replicas } = parts;

  /** Queries Redis, or this process when Redis does not answer. */
  async function queryOrFallBack<T>(remote: (redis: RedisConnectionPair) => Promise<T>, fallBack: () => T): Promise<T> {
    const { redis } = context;
    if (redis === undefined) return fallBack();
    try {
      return await remote(redis);
    } catch {
      return fallBack();
    }
  }

  const countUsers = async (appId: string, name: string, redis: RedisConnectionPair) =>
    channelKind(name) === "presence"
      ? Number((await redis.run((client) => client.hget(keys.state(appId, name), "u"))) ?? 0)
      : 0;

  const countLocalSubscriptions = (appId: string, name: string) => localState.get(appId, name)?.subscriptions ?? 0;

  const readLocalChannel = (appId: string, name: string): ChannelState => ({
    name,
    subscriptionCount: countLocalSubscriptions(appId, name),
    userCount: channelKind(name) === "presence" ? (topics.get(appId, name)?.presence?.members.size ?? 0) : 0,
  });

  return {
    getChannel: (appId, name) =>
      queryOrFallBack(
        async (redis) => {
          const { replica } = context;
          const [[total, published], users] = await Promise.all([
            redis.run((client) => client.hmget(keys.state(appId, name), "n", `c:${replica}`)),
            countUsers(appId, name, redis),
          ]);
          const others = Math.max(0, Number(total ?? 0) - Number(published ?? 0));
          return { name, subscriptionCount: others + countLocalSubscriptions(appId, name), userCount: users };
        },
        () => readLocalChannel(appId, name),
      ),

    listChannels: (appId, prefix) =>
      queryOrFallBack(
        async (redis) => {
          const counts = new Map<string, number>();
          const add = (name: string, count: number): void => {
            if (count > 0 && name.startsWith(prefix)) counts.set(name, (counts.get(name) ?? 0) + count);
          };
          const others = (await replicas.listReplicas(redis)).filter((replica) => replica !== context.replica);
          const registries = others.map((replica) =>
            redis.run((client) => client.hgetall(keys.registry(appId, replica))),
          );
          for (const registry of await Promise.all(registries)) {
            for (const [name, count] of Object.entries(registry)) add(name, Number(count));
          }
          for (const { name, subscriptions } of localState.listTopics(appId)) add(name, subscriptions);
          return mapInBatches([...counts], async ([name, subscriptionCount]) => ({
            name,
            subscriptionCount,
            userCount: await countUsers(appId, name, redis),
          }));
        },
        () =>
          [...localState.listTopics(appId)]
            .filter(({ name, subscriptions }) => subscriptions > 0 && name.startsWith(prefix))
            .map(({ name }) => readLocalChannel(appId, name)),
      ),

    listMembers: (appId, name) =>
      queryOrFallBack(
        async (redis) => {
          const { snapshot } = await loadTopic(context, redis, appId, name);
          return [...snapshot.members].map(([userId, { info }]) => ({ userId, info: decodeInfo(info) }));
        },
        () => [...(topics.get(appId, name)?.presence?.members.values() ?? [])],
      ),
  };
}
