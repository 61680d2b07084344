import { isCacheChannel } from "../protocol/channel-name";
import type { Frame } from "../protocol/frame";
import type { PresenceMember } from "../protocol/frames";
import type { AppState } from "./app-state";
import type { Connection } from "./connection";
import { readLastEvent } from "./last-event";

export type SubscribeResult = "joined" | "full" | "gone";

/**
 * Subscribes a connection to a channel. No event is lost between the call of `onEstablished`, which answers the subscriber,
 * and the subscriber's first event.
 * @param onEstablished gets the members, on presence channels, and the last event, on cache channels
 */
export async function subscribe(
  state: AppState,
  connection: Connection,
  channel: string,
  member: PresenceMember | undefined,
  onEstablished: (members: readonly PresenceMember[] | undefined, cached: Frame | undefined) => void,
): Promise<SubscribeResult> {
  const { app, cluster } = state;
  const ready = state.topics.acquire(channel);
  const entered = member === undefined || state.members.enter(channel, member, app.limits.maxPresenceMembers);
  const [, isEntered] = await Promise.all([ready, entered]);
  const cached = isEntered && isCacheChannel(channel) ? await readLastEvent(state, channel) : undefined;
  if (!isEntered || connection.hasDeparted) {
    if (isEntered && member !== undefined) state.members.exit(channel, member.userId);
    state.topics.release(channel);
    return isEntered ? "gone" : "full";
  }
  connection.channels.set(channel, member === undefined ? {} : { userId: member.userId });
  state.channels.add(channel, connection);
  onEstablished(member && [...cluster.knownMembers(app.id, channel).values()], cached);
  cluster.setSubscriptionCount(app.id, channel, state.channels.of(channel).size);
  return "joined";
}

/** Leaves a channel; does nothing when the connection is not in it. */
export function unsubscribe(state: AppState, connection: Connection, channel: string): void {
  const subscription = connection.channels.get(channel);
  if (subscription === undefined) return;
  connection.channels.delete(channel);
  state.channels.remove(channel, connection);
  if (subscription.userId !== undefined) state.members.exit(channel, subscription.userId);
  state.cluster.setSubscriptionCount(state.app.id, channel, state.channels.of(channel).size);
  state.topics.release(channel);
}
