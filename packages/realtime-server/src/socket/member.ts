import { z } from "zod";
import type { SignedInUser } from "../hub/connection";
import type { AppLimits } from "../limits";
import { parseData } from "../protocol/client-message";
import type { PresenceMember, SubscriptionProblem } from "../protocol/frames";
import { isJsonLongerThan, memberSource } from "../protocol/json-text";

const channelDataSchema = z.object({ user_id: z.union([z.string().min(1), z.number()]) });

type MemberResult =
  | { member: PresenceMember; problem?: undefined }
  | { member?: undefined; problem: SubscriptionProblem };

/** Reads the member of a presence subscription: its signed `channel_data`, or without one the signed-in user. */
export function readMember(
  channelData: string | undefined,
  user: SignedInUser | undefined,
  limits: AppLimits,
): MemberResult {
  if (channelData === undefined) {
    if (user !== undefined) return checked({ userId: user.id, info: user.info }, limits);
    return refusal("AuthError", "A presence channel needs channel_data or a signed-in user", 401);
  }
  const data = parseData(channelDataSchema, channelData);
  if (data === undefined) return refusal("AuthError", "channel_data must be JSON with a user_id", 400);
  return checked(
    { userId: idOf(data.user_id, channelData, "user_id"), info: memberSource(channelData, "user_info") },
    limits,
  );
}

/**
 * An id that is a string or a number, as text. A number above 2^53 is another one once it is parsed.
 * @param name the name of its field in `json`
 */
export function idOf(id: string | number, json: string, name: string): string {
  const isExact = typeof id === "string" || Number.isSafeInteger(id) || !Number.isInteger(id);
  return isExact ? String(id) : (memberSource(json, name) ?? "");
}

function checked(member: PresenceMember, limits: AppLimits): MemberResult {
  if (member.userId.length > limits.maxUserIdLength) {
    return refusal("LimitReached", `user_id is limited to ${limits.maxUserIdLength} characters`, 413);
  }
  if (member.info !== undefined && isJsonLongerThan(member.info, limits.maxMemberBytes)) {
    return refusal("LimitReached", `user_info is limited to ${limits.maxMemberBytes} bytes`, 413);
  }
  return { member };
}

function refusal(type: SubscriptionProblem["type"], error: string, status: number): MemberResult {
  return { problem: { type, error, status } };
}
