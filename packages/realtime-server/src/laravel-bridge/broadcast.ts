import { z } from "zod";
import { isSocketId } from "../hub/socket-id";
import { isChannelName } from "../protocol/channel-name";
import { parseJson } from "../protocol/client-message";
import { memberSource } from "../protocol/json-text";

/** The payload of Laravel's Redis broadcaster; it publishes on the prefix followed by the channel's name. */
const payloadSchema = z.object({
  event: z.string().min(1),
  data: z.unknown().optional(),
  socket: z.string().refine(isSocketId).nullish().catch(undefined),
});

export type Broadcast = {
  channel: string;
  event: string;
  /** Text, as the protocol sends the data of every event. */
  data: string;
  exceptSocketId: string | undefined;
};

/** @returns undefined for other messages of this Redis */
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
