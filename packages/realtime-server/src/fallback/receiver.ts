import type { ServerResponse } from "node:http";
import { PRELUDE } from "./lines";

/**
 * Characters of one stream, as pusher-js counts them, above which it opens another one at the next end of a line, and ignores
 * the rest of the old one. So the line that passes the limit is a stream's last.
 */
const MAX_STREAM_CHARACTERS = 256 * 1024;

const HEADERS = {
  "content-type": "application/javascript; charset=UTF-8",
  // `no-transform`: a proxy that compresses would hold lines back. `x-accel-buffering` turns the buffering of nginx off.
  "cache-control": "no-store, no-transform",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
};

/** A response that carries lines to a client: a poll ends with its first write, a stream takes many. */
export type Receiver = {
  /** False once it has ended, by either side. */
  readonly isOpen: boolean;
  readonly unsentBytes: number;
  /** `performance.now()` */
  readonly writtenAt: number;
  /** Writes whole lines; ends a poll, and a stream that has become too long. */
  write(lines: string): void;
  end(): void;
  /** Breaks the connection. */
  destroy(): void;
  /** @param closed called when the response is over; `isComplete` when all of it was sent */
  onClose(closed: (isComplete: boolean) => void): void;
};

export function createReceiver(response: ServerResponse, isStream: boolean, cors: Record<string, string>): Receiver {
  let written = 0;
  let writtenAt = performance.now();

  function write(lines: string): void {
    written += lines.length;
    writtenAt = performance.now();
    if (isStream && written <= MAX_STREAM_CHARACTERS) response.write(lines);
    else response.end(lines);
  }

  response.writeHead(200, { ...HEADERS, ...cors });
  if (isStream) write(PRELUDE);
  return {
    get isOpen() {
      return !response.writableEnded && !response.destroyed;
    },
    get unsentBytes() {
      return response.writableLength;
    },
    get writtenAt() {
      return writtenAt;
    },
    write,
    end: () => void response.end(),
    destroy: () => void response.destroy(),
    onClose: (closed) => void response.once("close", () => closed(response.writableFinished)),
  };
}
