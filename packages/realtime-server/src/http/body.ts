import type { IncomingMessage } from "node:http";

/** `isRead`: the whole body was read, so the connection can serve the next request. */
export type BodyResult = { body: Buffer; tooLarge?: undefined } | { body?: undefined; tooLarge: { isRead: boolean } };

/** A body of at most this many times the limit is read to its end and discarded. */
const MAX_DISCARDED_FACTOR = 16;

/**
 * Reads a request's body as bytes, because its MD5 is part of the signature. A body over the limit is read and discarded up to
 * a point, so that the publisher gets the answer and not a reset.
 * @throws Error when the connection breaks
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<BodyResult> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > maxBytes * MAX_DISCARDED_FACTOR) return { tooLarge: { isRead: false } };
    if (size <= maxBytes) chunks.push(bytes);
  }
  return size > maxBytes ? { tooLarge: { isRead: true } } : { body: Buffer.concat(chunks) };
}
