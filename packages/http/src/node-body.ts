import type { IncomingMessage } from "node:http";
import { AppError } from "@mgs/core/errors";

/** Node's messages whose bodies belong to requests. A web stream around each body would cost more than the call's own work. */
const nodeMessages = new WeakMap<Request, IncomingMessage>();

/** Attaches Node's message to a request that was made without a body. */
export function attachNodeBody(request: Request, message: IncomingMessage): Request {
  nodeMessages.set(request, message);
  return request;
}

/** Returns the message that `attachNodeBody` attached to a request. */
export function getNodeBody(request: Request): IncomingMessage | undefined {
  return nodeMessages.get(request);
}

/**
 * Reads a whole body, of which it holds `maxBytes` in memory at most. It discards the rest of a larger body, so that the
 * answer arrives and the connection can be used again.
 * @throws AppError PAYLOAD_TOO_LARGE, BAD_REQUEST (the upload was aborted)
 */
export function readNodeBody(message: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let total = 0;
  return new Promise((resolve, reject) => {
    if (message.readableEnded) return resolve(new Uint8Array());
    const settle = (end: () => void) => {
      message.off("data", collect).off("end", finish).off("error", broken).off("close", broken);
      end();
    };
    const collect = (chunk: Buffer) => {
      total += chunk.byteLength;
      if (total <= maxBytes) return chunks.push(chunk);
      settle(() => reject(new AppError("PAYLOAD_TOO_LARGE")));
      return message.resume();
    };
    const finish = () => settle(() => resolve(Buffer.concat(chunks, total)));
    const broken = (cause?: Error) => settle(() => reject(new AppError("BAD_REQUEST", { cause })));
    message.on("data", collect).once("end", finish).once("error", broken).once("close", broken);
  });
}
