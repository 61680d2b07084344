import type { ChannelState } from "../cluster/cluster";
import { channelKind } from "../protocol/channel-name";

export type ChannelInfo = { occupied?: boolean; user_count?: number; subscription_count?: number };

/** The attributes of `info=`; names that are none of ours are ignored. */
export function parseInfo(info: string | null | undefined): ReadonlySet<string> {
  return new Set((info ?? "").split(",").filter(Boolean));
}

/** The asked attributes of a channel; `user_count` exists on presence channels alone. */
export function channelInfo(channel: ChannelState, info: ReadonlySet<string>): ChannelInfo {
  return {
    ...(info.has("user_count") && channelKind(channel.name) === "presence" ? { user_count: channel.userCount } : {}),
    ...(info.has("subscription_count") ? { subscription_count: channel.subscriptionCount } : {}),
  };
}
