import type { IncomingMessage } from "node:http";

/** The rest of a refused upload is read for this long before its connection closes. */
const DRAIN_TIMEOUT_MS = 5_000;

/**
 * Reads and discards the rest of a request before its connection closes (RFC 9112 section 9.6). Node's server closes at once;
 * closing while the client still sends resets the connection, and the client loses the answer.
 */
export function drainBeforeClose(request: IncomingMessage): void {
  const { socket } = request;
  const destroySoon = socket.destroySoon.bind(socket);
  socket.destroySoon = () => {
    socket.destroySoon = destroySoon;
    if (request.complete || socket.destroyed) return destroySoon();
    const timer = setTimeout(destroySoon, DRAIN_TIMEOUT_MS);
    socket.once("close", () => clearTimeout(timer));
    request.once("end", destroySoon).resume();
  };
}
