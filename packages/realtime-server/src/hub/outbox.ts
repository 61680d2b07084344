import { forgetJoinedFrames } from "./joined-frames";

/** Something with an outbound queue of its own. */
export type Flushable = { flush(): void };

/**
 * Lets every connection write what one turn of the event loop gave it with one call. Each connection keeps its own
 * queue: a queue for each channel would change the order between channels, and show a message to who joined after it.
 */
export type Outbox = {
  /** Flushes a connection at the end of this turn. */
  add(connection: Flushable): void;
  /** Tells when an event that is in the queues now was made (`performance.now()`), for the time until it is written. */
  stamp(madeAt: number): void;
};

/** @param onWritten hears for each stamped event how many milliseconds it took until it was written */
export function createOutbox(onWritten: (milliseconds: number) => void = () => undefined): Outbox {
  let waiting: Flushable[] = [];
  let stamps: number[] = [];
  let isScheduled = false;

  function flush(): void {
    isScheduled = false;
    const connections = waiting;
    waiting = [];
    for (const connection of connections) connection.flush();
    forgetJoinedFrames();
    if (stamps.length === 0) return;
    const now = performance.now();
    for (const madeAt of stamps) onWritten(now - madeAt);
    stamps = [];
  }

  function schedule(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(flush);
  }

  return {
    add(connection) {
      waiting.push(connection);
      schedule();
    },
    stamp(madeAt) {
      stamps.push(madeAt);
      schedule();
    },
  };
}
