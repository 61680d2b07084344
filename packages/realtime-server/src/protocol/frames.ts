import type { CloseReason } from "./close-codes";
import { type Frame, prepareFrame } from "./frame";

function encode(message: Record<string, unknown>): Frame {
  return prepareFrame(JSON.stringify(message));
}

/** The protocol sends the data of most of its own events as JSON in a string. */
const text = (data: unknown): string => JSON.stringify(data);

export function connectionEstablished(socketId: string, activityTimeoutSeconds: number): Frame {
  return encode({
    event: "pusher:connection_established",
    data: text({ socket_id: socketId, activity_timeout: activityTimeoutSeconds }),
  });
}

/** `code` is null where the protocol has no number for the error. */
export function errorFrame(error: { code: number | null; message: string } | CloseReason, channel?: string): Frame {
  return encode({
    event: "pusher:error",
    data: { code: error.code, message: error.message },
    ...(channel === undefined ? {} : { channel }),
  });
}

export const pingFrame: Frame = encode({ event: "pusher:ping", data: "{}" });
export const pongFrame: Frame = encode({ event: "pusher:pong", data: "{}" });

/** `info` is the JSON that the application signed. */
export type PresenceMember = { userId: string; info: string | undefined };

/** `members` are the distinct users of a presence channel, the new one included. */
export function subscriptionSucceeded(channel: string, members?: readonly PresenceMember[]): Frame {
  const data = members === undefined ? "{}" : presenceData(members);
  return encode({ event: "pusher_internal:subscription_succeeded", channel, data });
}

function presenceData(members: readonly PresenceMember[]): string {
  const ids = text(members.map(({ userId }) => userId));
  // Null where there is no info: a client counts the keys.
  const hash = members.map(({ userId, info = "null" }) => `${text(userId)}:${info}`);
  return `{"presence":{"ids":${ids},"hash":{${hash.join(",")}},"count":${members.length}}}`;
}

export type SubscriptionProblem = {
  type: "AuthError" | "LimitReached" | "InvalidChannel";
  error: string;
  status: number;
};

export function subscriptionError(channel: string, problem: SubscriptionProblem): Frame {
  return encode({ event: "pusher:subscription_error", channel, data: problem });
}

export function memberAdded(channel: string, member: PresenceMember): Frame {
  const info = member.info === undefined ? "" : `,"user_info":${member.info}`;
  const data = `{"user_id":${text(member.userId)}${info}}`;
  return encode({ event: "pusher_internal:member_added", channel, data });
}

export function memberRemoved(channel: string, userId: string): Frame {
  return encode({ event: "pusher_internal:member_removed", channel, data: text({ user_id: userId }) });
}

export function signinSuccess(userData: string): Frame {
  return encode({ event: "pusher:signin_success", data: { user_data: userData } });
}

/** An event of a publisher. */
export function eventFrame({ event, channel, data }: { event: string; channel: string; data: string }): Frame {
  return encode({ event, channel, data });
}

/**
 * An event of a client, with its user id on presence channels.
 * @param event `source` is the JSON of its data, which is passed on as it is
 */
export function clientEventFrame(event: {
  event: string;
  channel: string;
  source: string | undefined;
  userId: string | undefined;
}): Frame {
  const data = event.source === undefined ? "" : `,"data":${event.source}`;
  const userId = event.userId === undefined ? "" : `,"user_id":${text(event.userId)}`;
  return prepareFrame(`{"event":${text(event.event)},"channel":${text(event.channel)}${data}${userId}}`);
}

const CLIENT_EVENT = Buffer.from('{"event":"client-');

/** Whether a frame is a client's event: those are passed on, and not kept for later subscribers. */
export function isClientEvent(frame: Frame): boolean {
  return frame.payload.subarray(0, CLIENT_EVENT.length).equals(CLIENT_EVENT);
}

/** Tells a new subscriber of a cache channel that there is no last event (documentation: "Cache channels"). */
export function cacheMiss(channel: string): Frame {
  return encode({ event: "pusher:cache_miss", channel, data: "{}" });
}

export function subscriptionCount(channel: string, total: number): Frame {
  return encode({ event: "pusher_internal:subscription_count", channel, data: text({ subscription_count: total }) });
}

export type WatchlistEvent = { name: "online" | "offline"; user_ids: readonly string[] };

/** Tells a client which users of its watchlist are online or offline (documentation: "Watchlist events"). */
export function watchlistEvents(events: readonly WatchlistEvent[]): Frame {
  return encode({ event: "pusher_internal:watchlist_events", data: text({ events }) });
}
