import { clearJoinedFrames } from "./joined-frames";

/** An object with an outbound queue. */
export type Flushable = { flush(): void };

/**
 * Flushes connections once at the end of each turn of the event loop, so that all frames of a turn are one write. Each
 * connection has its own queue: queues for channels would change the order between channels, and would show a message to a
 * client that joined after it.
 */
export type FlushScheduler = {
  /** Flushes a connection at the end of this turn of the event loop. */
  schedule(connection: Flushable): void;
  /** Measures the time from `publishedAt` (`performance.now()`) until the current queues are written. */
  recordEvent(publishedAt: number): void;
};

/** @param onWritten gets the milliseconds from publication to write of each recorded event */
export function createFlushScheduler(onWritten: (milliseconds: number) => void = () => undefined): FlushScheduler {
  let scheduled: Flushable[] = [];
  let publishedTimes: number[] = [];
  let isScheduled = false;

  function flush(): void {
    isScheduled = false;
    const connections = scheduled;
    scheduled = [];
    for (const connection of connections) connection.flush();
    clearJoinedFrames();
    if (publishedTimes.length === 0) return;
    const now = performance.now();
    for (const publishedAt of publishedTimes) onWritten(now - publishedAt);
    publishedTimes = [];
  }

  function scheduleFlush(): void {
    if (isScheduled) return;
    isScheduled = true;
    setImmediate(flush);
  }

  return {
    schedule(connection) {
      scheduled.push(connection);
      scheduleFlush();
    },
    recordEvent(publishedAt) {
      publishedTimes.push(publishedAt);
      scheduleFlush();
    },
  };
}
