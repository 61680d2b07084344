import { channelKind, userOfChannel } from "../../protocol/channel-name";
import type { RedisContext } from "./context";
import type { DelayedWebhooks } from "./delayed-webhooks";
import type { RedisConnectionPair } from "./redis-connection-pair";
import { CHANGE_TOPIC } from "./scripts/change-topic";

/** The new subscriptions and members of a replica in a topic. */
export type TopicChange = {
  replica: string;
  appId: string;
  name: string;
  /** Unset: unchanged. */
  subscriptions?: number | undefined;
  /** `joining` are all members that the replica has; the number of subscriptions is not announced. */
  isComplete?: boolean;
  /** Announces the number of subscriptions although the change is complete. */
  isCountAnnounced?: boolean;
  /** `channel_occupied` has been raised. */
  isOccupancyPublished?: boolean;
  /** Distinct users that the topic may have; unset: any number. */
  limit?: number;
  joining?: readonly { userId: string; info: string; isPublished: boolean }[];
  leaving?: readonly string[];
  /** Delay of webhooks that end something, in milliseconds. */
  webhookDelayMs: number;
};

export type ChangedTopic = {
  /** Nothing has changed: the topic has as many users as its limit allows. */
  isFull: boolean;
  version: number;
  /** Subscriptions in all replicas; undefined when their number did not change. */
  total: number | undefined;
};

type Answer = [string, string, number, string, 0 | 1, 0 | 1, string[], string[]];

/**
 * Changes the subscriptions and members of a replica in a topic and announces the change. Raises the webhooks of starts, and
 * schedules those of ends. The schedule is in another slot of a Redis Cluster and takes a second step: the topic stays in the replica's
 * registry until that is done.
 * @throws Error when the connection pair fails
 */
export async function changeTopic(
  { keys, receiver }: RedisContext,
  delayedWebhooks: DelayedWebhooks,
  redis: RedisConnectionPair,
  change: TopicChange,
): Promise<ChangedTopic> {
  const { replica, appId, name, isComplete = false, joining = [], leaving = [] } = change;
  const isCounted = (!isComplete || change.isCountAnnounced === true) && channelKind(name) !== "presence";
  const answer = await redis.runScript(
    CHANGE_TOPIC,
    [keys.state(appId, name)],
    [
      redis.publishCommand,
      keys.topic(appId, name),
      replica,
      change.subscriptions ?? "",
      flag(isCounted),
      flag(change.isOccupancyPublished),
      flag(userOfChannel(name) === undefined),
      flag(isComplete),
      change.limit ?? 0,
      joining.length,
      ...joining.flatMap((member) => [member.userId, member.info, flag(member.isPublished)]),
      ...leaving,
    ],
  );
  const [status, version, total, totalVersion, occupied, vacated, joined, left] = answer as Answer;
  if (status === "full") return { isFull: true, version: 0, total: undefined };
  if (occupied === 1) receiver.raiseWebhook(appId, { name: "channel_occupied", channel: name });
  for (const userId of joined) receiver.raiseWebhook(appId, { name: "member_added", channel: name, user_id: userId });
  await delayedWebhooks.schedule(redis, change.webhookDelayMs, {
    appId,
    channel: name,
    isVacated: vacated === 1,
    userIds: left,
  });
  return { isFull: false, version: Number(version), total: totalVersion === "0" ? undefined : total };
}

const flag = (isSet: boolean | undefined): 0 | 1 => (isSet ? 1 : 0);
