import { type Cluster, Command } from "ioredis";

const homesOf = ({ slots }: Cluster): (string | undefined)[] => Array.from(slots, (nodes) => nodes?.[0]);

/**
 * Tells when slots of a Redis Cluster have got other nodes and ioredis has subscribed to their channels there.
 * @param subscriptions its sharded subscribers
 * @param tell called with a question: whether a pub/sub channel is in such a slot
 */
export function followSlots(
  commands: Cluster,
  subscriptions: Cluster,
  tell: (hasMoved: (channel: string) => boolean) => void,
): void {
  let homes = homesOf(subscriptions);
  subscriptions.on("subscribersReady", () => {
    const [before, now] = [homes, homesOf(subscriptions)];
    homes = now;
    tell((channel) => {
      const slot = new Command("ssubscribe", [channel]).getSlot();
      return slot !== null && before[slot] !== now[slot];
    });
  });
  // A publisher learns of a move by the answer; a subscriber may hear of it from a node that does not know it yet.
  commands.on("refresh", () => {
    const now = homesOf(commands);
    if (homesOf(subscriptions).some((home, slot) => home !== now[slot])) subscriptions.refreshSlotsCache();
  });
}

/** Whether a node refused because it has not got the slot, or not yet. */
export const isMoved = (error: Error): boolean => /\b(MOVED|ASK|TRYAGAIN)\b/.test(error.message);
