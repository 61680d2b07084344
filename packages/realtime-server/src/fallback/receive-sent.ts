import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import { readBody } from "../http/body";
import { problem, type Reply } from "../http/reply";
import { CloseCode } from "../protocol/close-codes";
import { parseSentMessages } from "./lines";
import type { FallbackSession } from "./sessions";

/** WebSocket's code of a message above the limit (RFC 6455, section 7.4.1). */
const CLOSE_MESSAGE_TOO_BIG = 1009;

const DONE: Reply = { status: 204, body: "" };

/**
 * Handles the messages of one request, after those of earlier requests.
 * @param maxMessageBytes of one message, as of a WebSocket's
 * @returns the answer to the request
 */
export function receiveMessages(
  request: IncomingMessage,
  { client, transport, incoming }: FallbackSession,
  maxMessageBytes: number,
): Promise<Reply> {
  const { connection } = client;
  return incoming.run(async () => {
    await transport.untilReadable;
    // Quotes within a string are two characters: a message may take up to twice its size.
    const { body } = await readBody(request, maxMessageBytes * 2).catch(() => ({ body: null }));
    if (body === null) {
      // The request broke off, so its messages are lost.
      connection.close({ code: CloseCode.reconnect, message: "A message was lost on its way" });
      return problem(400, "Incomplete body");
    }
    const messages = body && isUtf8(body) ? parseSentMessages(body.toString()) : undefined;
    if (body !== undefined && messages === undefined) return problem(400, "Expected a JSON array of strings");
    if (messages === undefined || messages.some((message) => Buffer.byteLength(message) > maxMessageBytes)) {
      transport.end(CLOSE_MESSAGE_TOO_BIG, "Message too big");
      return { ...problem(413, `A message is limited to ${maxMessageBytes} bytes`), headers: { connection: "close" } };
    }
    client.receiveControlFrame();
    for (const message of messages) {
      await transport.untilReadable;
      client.receive(message);
    }
    return DONE;
  });
}
