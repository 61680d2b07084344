import type { AppKey } from "../apps";
import { isAuthToken } from "./hmac";

export type ChannelClaim = { socketId: string; channel: string; auth: string; channelData?: string | undefined };

/** Verifies `socket_id:channel[:channel_data]`; `channel_data` is signed whenever it is sent, on private channels too. */
export function isChannelSignature(claim: ChannelClaim, keys: readonly AppKey[]): boolean {
  const parts = [claim.socketId, claim.channel];
  if (claim.channelData !== undefined) parts.push(claim.channelData);
  return isAuthToken(claim.auth, keys, parts.join(":"));
}
