import type { IncomingMessage } from "node:http";

/** Milliseconds for which the rest of a refused upload is read before its connection closes. */
const PATIENCE = 5_000;

/**
 * A connection that closes while its client is still sending is reset, and the answer lost on its way. So the rest of
 * the request is read first, and thrown away (RFC 9112 section 9.6). Node's own server closes at once.
 */
export function drainBeforeClose(request: IncomingMessage): void {
  const { socket } = request;
  const destroySoon = socket.destroySoon.bind(socket);
  socket.destroySoon = () => {
    socket.destroySoon = destroySoon;
    if (request.complete || socket.destroyed) return destroySoon();
    const timer = setTimeout(destroySoon, PATIENCE);
    socket.once("close", () => clearTimeout(timer));
    request.once("end", destroySoon).resume();
  };
}
