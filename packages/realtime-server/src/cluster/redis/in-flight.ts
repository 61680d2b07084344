import type { TopicMessage } from "../cluster";

export type OwnMessage = { appId: string; topic: string; message: TopicMessage };

/**
 * This process's own messages between their publication and their return from Redis, where they have got their place
 * in the order. What does not return is delivered here all the same, and its late return passed over.
 */
export type InFlight = {
  /** Its numbers rise. @param done called when it is no longer waited for */
  add(channel: string, own: OwnMessage, done: () => void): number;
  /** A number for what comes after all that has been added. */
  mark(): number;
  /**
   * What has come back, and before it what was published earlier on the same pub/sub channel: that has been missed, and
   * comes late if ever.
   * @returns nothing for what is not waited for any more
   */
  take(channel: string, number: number): OwnMessage[];
  /** What was published on a pub/sub channel before a mark that has come back. */
  takeBefore(channel: string, mark: number): OwnMessage[];
  /** A topic that nobody here needs any more: its messages may not return, and are for nobody. */
  forget(channel: string): void;
  /** The oldest first. */
  takeAll(): OwnMessage[];
};

type Waiting = { number: number; own: OwnMessage; done: () => void };

export function createInFlight(): InFlight {
  /** By pub/sub channel, the oldest first. */
  const channels = new Map<string, Waiting[]>();
  let last = 0;

  function takeBefore(channel: string, mark: number): OwnMessage[] {
    const waiting = channels.get(channel) ?? [];
    const later = waiting.findIndex(({ number }) => number >= mark);
    const taken = waiting.splice(0, later === -1 ? waiting.length : later);
    if (waiting.length === 0) channels.delete(channel);
    for (const { done } of taken) done();
    return taken.map(({ own }) => own);
  }

  return {
    add(channel, own, done) {
      last += 1;
      const waiting = channels.get(channel);
      if (waiting === undefined) channels.set(channel, [{ number: last, own, done }]);
      else waiting.push({ number: last, own, done });
      return last;
    },
    mark() {
      last += 1;
      return last;
    },
    take(channel, number) {
      const isWaiting = channels.get(channel)?.some((entry) => entry.number === number);
      return isWaiting ? takeBefore(channel, number + 1) : [];
    },
    takeBefore,
    forget: (channel) => void takeBefore(channel, Number.POSITIVE_INFINITY),
    takeAll() {
      const all = [...channels.values()].flat().sort((one, other) => one.number - other.number);
      channels.clear();
      for (const { done } of all) done();
      return all.map(({ own }) => own);
    },
  };
}
