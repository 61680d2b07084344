import { z } from "zod";
import { isChannelSignature } from "../auth/channel-signature";
import type { ServerContext } from "../context";
import type { Connection } from "../hub/connection";
import { channelKind, isCacheChannel, isChannelName, userOfChannel } from "../protocol/channel-name";
import { type ClientMessage, parseData } from "../protocol/client-message";
import {
  cacheMiss,
  errorFrame,
  type PresenceMember,
  type SubscriptionProblem,
  subscriptionError,
  subscriptionSucceeded,
} from "../protocol/frames";
import { readMember } from "./member";

/** `auth` and `channel_data` of a wrong type are refused with the channel's own error. */
const dataSchema = z.object({
  channel: z.string(),
  auth: z.unknown().optional(),
  channel_data: z.unknown().optional(),
});

type Subscription = z.output<typeof dataSchema>;
type Decision = { member?: PresenceMember; problem?: undefined } | { problem: SubscriptionProblem };

/** `pusher:subscribe` */
export async function subscribe(connection: Connection, message: ClientMessage, context: ServerContext): Promise<void> {
  const data = parseData(dataSchema, message.data);
  if (data === undefined) {
    connection.send(errorFrame({ code: null, message: "pusher:subscribe needs data with a channel" }));
    return;
  }
  const { channel } = data;
  if (connection.channels.has(channel)) {
    connection.send(errorFrame({ code: null, message: `Existing subscription to channel ${channel}` }, channel));
    return;
  }
  // pusher-js asks for the channel of its own signed-in user; its events arrive by the sign-in itself.
  if (connection.user !== undefined && userOfChannel(channel) === connection.user.id) {
    connection.send(subscriptionSucceeded(channel));
    return;
  }
  const decision = authorize(connection, data);
  if (decision.problem !== undefined) {
    connection.send(subscriptionError(channel, decision.problem));
    return;
  }
  const { hub } = context;
  const admission = await hub.subscribe(connection, channel, decision.member, (members, cached) => {
    connection.send(subscriptionSucceeded(channel, members));
    if (!isCacheChannel(channel)) return;
    connection.send(cached ?? cacheMiss(channel));
    if (cached === undefined) void hub.raiseCacheMiss(connection.app, channel);
  });
  if (admission === "full") connection.send(subscriptionError(channel, CHANNEL_FULL));
}

const CHANNEL_FULL: SubscriptionProblem = {
  type: "LimitReached",
  error: "The channel has the maximum number of members",
  status: 403,
};

function authorize(connection: Connection, data: Subscription): Decision {
  const { limits } = connection.app;
  const { channel, auth } = data;
  if (!isChannelName(channel)) {
    return { problem: { type: "InvalidChannel", error: "Invalid channel name", status: 400 } };
  }
  if (connection.channels.size >= limits.maxSubscriptionsPerConnection) {
    return { problem: { type: "LimitReached", error: "Too many subscriptions on this connection", status: 403 } };
  }
  const kind = channelKind(channel);
  if (kind === "public") return {};

  const channelData = data.channel_data ?? undefined;
  if (channelData !== undefined && typeof channelData !== "string") {
    return { problem: { type: "AuthError", error: "channel_data must be a string of JSON", status: 400 } };
  }
  const claim = { socketId: connection.id, channel, auth: typeof auth === "string" ? auth : "", channelData };
  if (!isChannelSignature(claim, connection.app.keys)) {
    return { problem: { type: "AuthError", error: "The auth signature is missing or invalid", status: 401 } };
  }
  if (kind !== "presence") return {};

  const result = readMember(channelData, connection.user, limits);
  if (result.problem !== undefined) return { problem: result.problem };
  return { member: result.member };
}
