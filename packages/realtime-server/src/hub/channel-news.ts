import type { Frame } from "../protocol/frame";
import { memberAdded, memberRemoved, type PresenceMember, subscriptionCount } from "../protocol/frames";
import type { AppState } from "./app-state";

/** Tells the subscribers of a presence channel in this process that a user came. */
export function tellMemberAdded(state: AppState, channel: string, member: PresenceMember): void {
  tellOthers(state, channel, member.userId, memberAdded(channel, member));
}

/** Tells the subscribers of a presence channel in this process that a user is gone. */
export function tellMemberRemoved(state: AppState, channel: string, userId: string): void {
  tellOthers(state, channel, userId, memberRemoved(channel, userId));
}

/** Tells the subscribers of a channel in this process how many there are in all processes. */
export function tellCount(state: AppState, channel: string, total: number): void {
  const subscribers = state.channels.of(channel);
  if (subscribers.size === 0) return;
  const frame = subscriptionCount(channel, total);
  for (const connection of subscribers) connection.send(frame);
}

/** Nobody is told of their own coming, from whichever process the news comes. */
function tellOthers(state: AppState, channel: string, about: string, frame: Frame): void {
  for (const connection of state.channels.of(channel)) {
    if (connection.channels.get(channel)?.userId !== about) connection.send(frame);
  }
}
