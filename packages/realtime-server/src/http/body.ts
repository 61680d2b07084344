import type { IncomingMessage } from "node:http";

/** `isRead` tells whether all of it was read, so that the connection can serve the next request. */
export type BodyResult = { body: Buffer; tooLarge?: undefined } | { body?: undefined; tooLarge: { isRead: boolean } };

/** How many times the limit a body may have and still be read to its end, only to be thrown away. */
const PATIENCE = 16;

/**
 * Reads a request's body as it came, for its MD5 is part of the signature. What passes the limit is read and thrown
 * away for a while, so that the publisher gets the answer and not a reset.
 * @throws Error when the connection breaks
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<BodyResult> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes * PATIENCE) return { tooLarge: { isRead: false } };
    if (size <= maxBytes) chunks.push(bytes);
  }
  return size > maxBytes ? { tooLarge: { isRead: true } } : { body: Buffer.concat(chunks) };
}
