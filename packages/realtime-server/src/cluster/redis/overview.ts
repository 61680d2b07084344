import { channelKind } from "../../protocol/channel-name";
import type { PresenceMember } from "../../protocol/frames";
import type { ChannelState } from "../cluster";
import type { RedisContext } from "./context";
import { inBatches } from "./in-batches";
import { loadTopic } from "./load-topic";
import { decodeInfo } from "./mirror";
import type { OwnState } from "./own-state";
import type { Replicas } from "./replicas";
import type { Session } from "./session";
import type { Topics } from "./topics";

/**
 * What the whole cluster has of an app; what this process knows by itself while Redis is away. What it has itself it counts as
 * it is now: Redis hears of that a moment after the client.
 */
export type Overview = {
  channel(appId: string, name: string): Promise<ChannelState>;
  channels(appId: string, prefix: string): Promise<ChannelState[]>;
  members(appId: string, name: string): Promise<PresenceMember[]>;
};

export function createOverview(
  context: RedisContext,
  parts: {
    topics: Topics;
    own: OwnState;
    replicas: Replicas;
  },
): Overview {
  const { keys } = context;
  const { topics, own, replicas } = parts;

  /** Asks Redis, or this process when it does not answer. */
  async function ask<T>(remote: (session: Session) => Promise<T>, alone: () => T): Promise<T> {
    const { session } = context;
    if (session === undefined) return alone();
    try {
      return await remote(session);
    } catch {
      return alone();
    }
  }

  const userCount = async (appId: string, name: string, session: Session) =>
    channelKind(name) === "presence"
      ? Number((await session.run((client) => client.hget(keys.state(appId, name), "u"))) ?? 0)
      : 0;

  const subscriptionsHere = (appId: string, name: string) => own.get(appId, name)?.subscriptions ?? 0;

  const alone = (appId: string, name: string): ChannelState => ({
    name,
    subscriptionCount: subscriptionsHere(appId, name),
    userCount: channelKind(name) === "presence" ? (topics.get(appId, name)?.mirror?.present.size ?? 0) : 0,
  });

  return {
    channel: (appId, name) =>
      ask(
        async (session) => {
          const { replica } = context;
          const [[total, told], users] = await Promise.all([
            session.run((client) => client.hmget(keys.state(appId, name), "n", `c:${replica}`)),
            userCount(appId, name, session),
          ]);
          const others = Math.max(0, Number(total ?? 0) - Number(told ?? 0));
          return { name, subscriptionCount: others + subscriptionsHere(appId, name), userCount: users };
        },
        () => alone(appId, name),
      ),

    channels: (appId, prefix) =>
      ask(
        async (session) => {
          const counts = new Map<string, number>();
          const add = (name: string, count: number): void => {
            if (count > 0 && name.startsWith(prefix)) counts.set(name, (counts.get(name) ?? 0) + count);
          };
          const others = (await replicas.all(session)).filter((replica) => replica !== context.replica);
          const registries = others.map((replica) =>
            session.run((client) => client.hgetall(keys.registry(appId, replica))),
          );
          for (const registry of await Promise.all(registries)) {
            for (const [name, count] of Object.entries(registry)) add(name, Number(count));
          }
          for (const { name, subscriptions } of own.of(appId)) add(name, subscriptions);
          return inBatches([...counts], async ([name, subscriptionCount]) => ({
            name,
            subscriptionCount,
            userCount: await userCount(appId, name, session),
          }));
        },
        () =>
          [...own.of(appId)]
            .filter(({ name, subscriptions }) => subscriptions > 0 && name.startsWith(prefix))
            .map(({ name }) => alone(appId, name)),
      ),

    members: (appId, name) =>
      ask(
        async (session) => {
          const { snapshot } = await loadTopic(context, session, appId, name);
          return [...snapshot.members].map(([userId, { info }]) => ({ userId, info: decodeInfo(info) }));
        },
        () => [...(topics.get(appId, name)?.mirror?.present.values() ?? [])],
      ),
  };
}
