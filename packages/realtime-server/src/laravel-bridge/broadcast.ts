import { z } from "zod";
import { isSocketId } from "../hub/socket-id";
import { isChannelName } from "../protocol/channel-name";
import { parseJson } from "../protocol/client-message";
import { memberSource } from "../protocol/json-text";

/** What Laravel's Redis broadcaster publishes on a channel's name behind its prefix. */
const payloadSchema = z.object({
  event: z.string().min(1),
  data: z.unknown().optional(),
  socket: z.string().refine(isSocketId).nullish().catch(undefined),
});

export type Broadcast = {
  channel: string;
  event: string;
  /** Text, as every event's data is on the wire. */
  data: string;
  exceptSocketId: string | undefined;
};

/** @returns undefined for what is no broadcast: Redis carries other things on other names */
export function readBroadcast(prefix: string, redisChannel: string, text: string): Broadcast | undefined {
  const channel = redisChannel.slice(prefix.length);
  if (!redisChannel.startsWith(prefix) || !isChannelName(channel)) return undefined;
  const payload = payloadSchema.safeParse(parseJson(text)).data;
  if (payload === undefined) return undefined;
  const { event, data, socket } = payload;
  const source = memberSource(text, "data") ?? "null";
  return {
    channel,
    event,
    data: typeof data === "string" ? data : source,
    exceptSocketId: socket ?? undefined,
  };
}
