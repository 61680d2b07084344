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

/** What the whole cluster has of an app; what this process knows by itself while Redis is away. */
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

  const alone = (appId: string, name: string): ChannelState => ({
    name,
    subscriptionCount: own.get(appId, name)?.subscriptions ?? 0,
    userCount: channelKind(name) === "presence" ? (topics.get(appId, name)?.mirror?.present.size ?? 0) : 0,
  });

  return {
    channel: (appId, name) =>
      ask(
        async (session) => {
          const [count, users] = await Promise.all([
            session.run((client) => client.hget(keys.state(appId, name), "n")),
            userCount(appId, name, session),
          ]);
          return { name, subscriptionCount: Number(count ?? 0), userCount: users };
        },
        () => alone(appId, name),
      ),

    channels: (appId, prefix) =>
      ask(
        async (session) => {
          const counts = new Map<string, number>();
          const registries = (await replicas.all(session)).map((replica) =>
            session.run((client) => client.hgetall(keys.registry(appId, replica))),
          );
          for (const registry of await Promise.all(registries)) {
            for (const [name, count] of Object.entries(registry)) {
              if (count === "0" || !name.startsWith(prefix)) continue;
              counts.set(name, (counts.get(name) ?? 0) + Number(count));
            }
          }
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
