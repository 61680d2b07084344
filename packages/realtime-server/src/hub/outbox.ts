import type { Duplex } from "node:stream";

/** Collects what is written to sockets during one turn of the event loop, and writes it with one call per socket. */
export type Outbox = {
  /** Holds the writes of a socket back until the end of this turn. */
  hold(socket: Duplex): void;
  /** Writes what is held back for a socket now. */
  release(socket: Duplex): void;
};

export function createOutbox(): Outbox {
  const held = new Set<Duplex>();
  let isScheduled = false;
  const flush = (): void => {
    isScheduled = false;
    for (const socket of held) socket.uncork();
    held.clear();
  };
  return {
    hold(socket) {
      if (held.has(socket)) return;
      if (!isScheduled) setImmediate(flush);
      isScheduled = true;
      held.add(socket);
      socket.cork();
    },
    release(socket) {
      if (held.delete(socket)) socket.uncork();
    },
  };
}
