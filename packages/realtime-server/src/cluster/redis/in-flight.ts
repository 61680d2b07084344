import type { TopicMessage } from "../cluster";

export type LocalMessage = { appId: string; topic: string; message: TopicMessage };

/**
 * The messages of this process between their publication and their return from Redis, which gives them their place in the
 * order. A message that does not return is delivered here all the same, and a late return of it is ignored.
 */
export type InFlight = {
  /** @param done called when the message is no longer in flight @returns its number; numbers increase */
  add(channel: string, own: LocalMessage, done: () => void): number;
  /** @returns the number of a marker behind all messages so far */
  nextMarker(): number;
  /**
   * Takes a message that has returned, and before it the earlier ones of the same pub/sub channel: their return was missed.
   * @returns nothing when the message is not in flight any more
   */
  take(channel: string, number: number): LocalMessage[];
  /** Takes the messages of a pub/sub channel before a marker that has returned. */
  takeBefore(channel: string, mark: number): LocalMessage[];
  /** Drops the messages of a topic that this process leaves: they may not return, and have no subscriber here. */
  forget(channel: string): void;
  /** Takes all messages, the oldest first. */
  takeAll(): LocalMessage[];
};

type PendingMessage = { number: number; own: LocalMessage; done: () => void };

export function createInFlight(): InFlight {
  /** By pub/sub channel, the oldest first. */
  const channels = new Map<string, PendingMessage[]>();
  let last = 0;

  function takeBefore(channel: string, mark: number): LocalMessage[] {
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
    nextMarker() {
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
