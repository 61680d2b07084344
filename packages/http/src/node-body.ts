import type { IncomingMessage } from "node:http";
import { AppError } from "@mgs/core/errors";

/** Bodies that come over node:http: a web stream around each would cost more than the call's own work. */
const incoming = new WeakMap<Request, IncomingMessage>();

/** Notes where the body of a request made without one is to be read. */
export function withNodeBody(request: Request, message: IncomingMessage): Request {
  incoming.set(request, message);
  return request;
}

/** Where the body of this request comes from, when it comes over node:http. */
export function nodeBodyOf(request: Request): IncomingMessage | undefined {
  return incoming.get(request);
}

/**
 * Reads a body whole, holding at most `maxBytes` of it in memory; what follows is thrown away as it comes, so that the
 * answer arrives and the connection can be used again.
 * @throws AppError PAYLOAD_TOO_LARGE, BAD_REQUEST (the upload broke off)
 */
export function readNodeBody(message: IncomingMessage, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let total = 0;
  return new Promise((resolve, reject) => {
    if (message.readableEnded) return resolve(new Uint8Array());
    const settle = (end: () => void) => {
      message.off("data", take).off("end", finish).off("error", broken).off("close", broken);
      end();
    };
    const take = (chunk: Buffer) => {
      total += chunk.byteLength;
      if (total <= maxBytes) return chunks.push(chunk);
      settle(() => reject(new AppError("PAYLOAD_TOO_LARGE")));
      return message.resume();
    };
    const finish = () => settle(() => resolve(Buffer.concat(chunks, total)));
    const broken = (cause?: Error) => settle(() => reject(new AppError("BAD_REQUEST", { cause })));
    message.on("data", take).once("end", finish).once("error", broken).once("close", broken);
  });
}
