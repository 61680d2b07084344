import { z } from "zod";
import { parseJson } from "../protocol/client-message";

/** Frames of one line each (SockJS protocol 0.3, "framing accepted by the client"). */
export const OPEN = "o\n";
export const HEARTBEAT = "h\n";

/** The first line of a stream, long enough for browsers and proxies that buffer a beginning. */
export const PRELUDE = `${"h".repeat(2_048)}\n`;

export const messagesLine = (messages: readonly string[]): string => `a${JSON.stringify(messages)}\n`;

export const closeLine = (code: number, reason: string): string => `c${JSON.stringify([code, reason])}\n`;

const sentMessages = z.array(z.string());

/** The messages in the body of an `xhr_send`; undefined when it is no JSON array of strings. */
export function parseSentMessages(body: string): string[] | undefined {
  return sentMessages.safeParse(parseJson(body)).data;
}
