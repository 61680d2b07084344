import { AppError } from "@mgs/core/errors";
import type { Publisher } from "@mgs/realtime/server";
import { z } from "zod";
import { refusalOf, translateFailure } from "./ask-server";

export const CHANNEL_KINDS = ["public", "private", "encrypted", "presence"] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

/** A channel name of Pusher Channels. */
export const channelName = z.string({ error: "REQUIRED" }).regex(/^[\w\-=@,.;]{1,200}$/, { error: "INVALID_CHANNEL" });

export function channelKind(name: string): ChannelKind {
  if (name.startsWith("presence-")) return "presence";
  if (name.startsWith("private-encrypted-")) return "encrypted";
  return name.startsWith("private-") ? "private" : "public";
}

const count = z.number().int().nonnegative().optional();
export const channelInfo = z.object({ subscription_count: count, user_count: count });
const oneChannel = channelInfo.extend({ occupied: z.boolean() });

/** A channel at this moment; counts are null where the server does not have them. */
export type ChannelState = { occupied: boolean; subscriptions: number | null; users: number | null };

/** @throws AppError REALTIME_AWAY, REALTIME_REFUSED */
export async function readChannel(publisher: Publisher, name: string): Promise<ChannelState> {
  const info = channelKind(name) === "presence" ? "subscription_count,user_count" : "subscription_count";
  const answer = parseAnswer(
    oneChannel,
    await translateFailure(readWithInfo(publisher, `/channels/${name}`, {}, info)),
  );
  return {
    occupied: answer.occupied,
    subscriptions: answer.subscription_count ?? null,
    users: answer.user_count ?? null,
  };
}

/**
 * Reads with `info`, and without it where a server refuses the attributes: hosted Pusher counts subscriptions
 * only for apps that have it switched on.
 * @throws PublishError
 */
export async function readWithInfo(
  publisher: Publisher,
  path: string,
  params: Readonly<Record<string, string>>,
  info: string,
): Promise<unknown> {
  try {
    return await publisher.read(path, { ...params, info });
  } catch (error) {
    if (refusalOf(error) !== 400) throw error;
    return publisher.read(path, params);
  }
}

/** @throws AppError REALTIME_REFUSED for an answer in another form than a Pusher server's */
export function parseAnswer<T extends z.ZodType>(schema: T, answer: unknown): z.output<T> {
  const parsed = schema.safeParse(answer);
  if (!parsed.success) throw new AppError("REALTIME_REFUSED", { cause: parsed.error });
  return parsed.data;
}
