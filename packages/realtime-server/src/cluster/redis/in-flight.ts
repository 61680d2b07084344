import type { TopicMessage } from "../cluster";

export type OwnMessage = { appId: string; topic: string; message: TopicMessage };

/**
 * This process's own messages between their publication and their return from Redis, where they have got their place
 * in the order. What does not return is delivered here all the same, and its late return passed over.
 */
export type InFlight = {
  /** @param done called when it is no longer waited for */
  add(own: OwnMessage, done: () => void): number;
  /** @returns undefined for what is not waited for any more */
  take(number: number): OwnMessage | undefined;
  /** A topic that nobody here needs any more: its messages may not return, and are for nobody. */
  forget(appId: string, topic: string): void;
  /** The oldest first. */
  takeAll(): OwnMessage[];
};

export function createInFlight(): InFlight {
  const waiting = new Map<number, { own: OwnMessage; done: () => void }>();
  let last = 0;
  return {
    add(own, done) {
      last += 1;
      waiting.set(last, { own, done });
      return last;
    },
    take(number) {
      const entry = waiting.get(number);
      if (entry === undefined) return undefined;
      waiting.delete(number);
      entry.done();
      return entry.own;
    },
    forget(appId, topic) {
      for (const [number, { own, done }] of waiting) {
        if (own.topic !== topic || own.appId !== appId) continue;
        waiting.delete(number);
        done();
      }
    },
    takeAll() {
      const all = [...waiting.values()];
      waiting.clear();
      for (const { done } of all) done();
      return all.map(({ own }) => own);
    },
  };
}
