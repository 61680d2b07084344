import type { Frame } from "../protocol/frame";
import { memberAdded, memberRemoved, type PresenceMember, subscriptionCount } from "../protocol/frames";
import type { AppState } from "./app-state";

/** Sends `member_added` to the subscribers of a presence channel in this process. */
export function sendMemberAdded(state: AppState, channel: string, member: PresenceMember): void {
  sendToOtherMembers(state, channel, member.userId, memberAdded(channel, member));
}

/** Sends `member_removed` to the subscribers of a presence channel in this process. */
export function sendMemberRemoved(state: AppState, channel: string, userId: string): void {
  sendToOtherMembers(state, channel, userId, memberRemoved(channel, userId));
}

/** Sends `subscription_count` to the subscribers of a channel in this process. */
export function sendSubscriptionCount(state: AppState, channel: string, total: number): void {
  const subscribers = state.channels.of(channel);
  if (subscribers.size === 0) return;
  const frame = subscriptionCount(channel, total);
  for (const connection of subscribers) connection.send(frame);
}

/** Sends a frame to all subscribers except the sockets of the user that it is about. */
function sendToOtherMembers(state: AppState, channel: string, exceptUserId: string, frame: Frame): void {
  for (const connection of state.channels.of(channel)) {
    if (connection.channels.get(channel)?.userId !== exceptUserId) connection.send(frame);
  }
}
