import { channelKind, userOfChannel } from "../../protocol/channel-name";
import type { RedisContext } from "./context";
import type { Dues } from "./dues";
import { CHANGE } from "./scripts";
import type { Session } from "./session";

/** What a replica has of a topic from now on. */
export type TopicChange = {
  replica: string;
  appId: string;
  name: string;
  /** Unset: as before. */
  subscriptions?: number | undefined;
  /** The users that enter are all that the replica has; nothing is announced but members. */
  isWhole?: boolean;
  /** Although it is whole: the number of subscriptions is announced. */
  isCountAnnounced?: boolean;
  /** Webhooks have been told that the channel is occupied. */
  isOccupancyTold?: boolean;
  /** Distinct users that the topic may have; unset: any number. */
  limit?: number;
  entering?: readonly { userId: string; info: string; isTold: boolean }[];
  leaving?: readonly string[];
  /** Milliseconds until webhooks tell what has ended by this. */
  holdMs: number;
};

export type ChangedTopic = {
  /** Nothing has changed, because the topic has as many users as it may. */
  isFull: boolean;
  version: number;
  /** Subscriptions in all replicas; undefined when that did not change. */
  total: number | undefined;
};

type Answer = [string, string, number, string, 0 | 1, 0 | 1, string[], string[]];

/**
 * Changes and announces what a replica has of a topic, and tells webhooks what began or holds back what ended. Ends are
 * held in another slot of a Redis Cluster, by a second step: the topic stays in the replica's registry until it is done.
 * @throws Error when the session ends
 */
export async function changeTopic(
  { keys, receiver }: RedisContext,
  dues: Dues,
  session: Session,
  change: TopicChange,
): Promise<ChangedTopic> {
  const { replica, appId, name, isWhole = false, entering = [], leaving = [] } = change;
  const isCounted = (!isWhole || change.isCountAnnounced === true) && channelKind(name) !== "presence";
  const answer = await session.runScript(
    CHANGE,
    [keys.state(appId, name)],
    [
      session.publishCommand,
      keys.topic(appId, name),
      replica,
      change.subscriptions ?? "",
      flag(isCounted),
      flag(change.isOccupancyTold),
      flag(userOfChannel(name) === undefined),
      flag(isWhole),
      change.limit ?? 0,
      entering.length,
      ...entering.flatMap((member) => [member.userId, member.info, flag(member.isTold)]),
      ...leaving,
    ],
  );
  const [status, version, total, totalVersion, occupied, vacated, came, left] = answer as Answer;
  if (status === "full") return { isFull: true, version: 0, total: undefined };
  if (occupied === 1) receiver.raise(appId, { name: "channel_occupied", channel: name });
  for (const userId of came) receiver.raise(appId, { name: "member_added", channel: name, user_id: userId });
  await dues.hold(session, change.holdMs, { appId, channel: name, isVacated: vacated === 1, left });
  return { isFull: false, version: Number(version), total: totalVersion === "0" ? undefined : total };
}

const flag = (isSet: boolean | undefined): 0 | 1 => (isSet ? 1 : 0);
