import { z } from "zod";
import type { SignedInUser } from "../hub/connection";
import type { AppLimits } from "../options";
import { parseData } from "../protocol/client-message";
import type { PresenceMember, SubscriptionProblem } from "../protocol/frames";

const channelDataSchema = z.object({
  user_id: z.union([z.string().min(1), z.number()]).transform(String),
  user_info: z.unknown().optional(),
});

type MemberResult =
  | { member: PresenceMember; problem?: undefined }
  | { member?: undefined; problem: SubscriptionProblem };

/** The member a presence subscription speaks of: its signed `channel_data`, or without one the signed-in user. */
export function readMember(
  channelData: string | undefined,
  user: SignedInUser | undefined,
  limits: AppLimits,
): MemberResult {
  if (channelData === undefined) {
    if (user !== undefined) return { member: { userId: user.id, info: user.info } };
    return {
      problem: { type: "AuthError", error: "A presence channel needs channel_data or a signed-in user", status: 401 },
    };
  }
  const data = parseData(channelDataSchema, channelData);
  if (data === undefined) {
    return { problem: { type: "AuthError", error: "channel_data must be JSON with a user_id", status: 400 } };
  }
  if (data.user_id.length > limits.maxUserIdLength) {
    return {
      problem: {
        type: "LimitReached",
        error: `user_id is limited to ${limits.maxUserIdLength} characters`,
        status: 413,
      },
    };
  }
  if (Buffer.byteLength(JSON.stringify(data.user_info) ?? "") > limits.maxMemberBytes) {
    return {
      problem: { type: "LimitReached", error: `user_info is limited to ${limits.maxMemberBytes} bytes`, status: 413 },
    };
  }
  return { member: { userId: data.user_id, info: data.user_info } };
}
