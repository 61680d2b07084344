import type { IncomingMessage } from "node:http";

export type BodyResult = { body: Buffer; tooLarge?: undefined } | { body?: undefined; tooLarge: true };

/**
 * Reads a request's body as it came, for its MD5 is part of the signature. What passes the limit is read and thrown
 * away for a while, so that the publisher gets the answer and not a reset.
 * @throws Error when the connection breaks
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<BodyResult> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes * 16) break;
    if (size <= maxBytes) chunks.push(chunk);
  }
  return size > maxBytes ? { tooLarge: true } : { body: Buffer.concat(chunks) };
}
