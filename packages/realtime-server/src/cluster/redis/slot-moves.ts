import { type Cluster, Command } from "ioredis";

const ownersOfSlots = ({ slots }: Cluster): (string | undefined)[] => Array.from(slots, (nodes) => nodes?.[0]);

/**
 * Calls back when slots of a Redis Cluster have moved to other nodes and ioredis has subscribed to their channels there.
 * @param subscriptions the client of the sharded subscriptions
 * @param onMoved gets a predicate that tells whether a pub/sub channel is in a moved slot
 */
export function watchSlotMoves(
  commands: Cluster,
  subscriptions: Cluster,
  onMoved: (hasMoved: (channel: string) => boolean) => void,
): void {
  let owners = ownersOfSlots(subscriptions);
  subscriptions.on("subscribersReady", () => {
    const [before, now] = [owners, ownersOfSlots(subscriptions)];
    owners = now;
    onMoved((channel) => {
      const slot = new Command("ssubscribe", [channel]).getSlot();
      return slot !== null && before[slot] !== now[slot];
    });
  });
  // A publisher gets a redirect in the answer; a subscriber may have asked a node that does not know of the move yet.
  commands.on("refresh", () => {
    const now = ownersOfSlots(commands);
    if (ownersOfSlots(subscriptions).some((owner, slot) => owner !== now[slot])) subscriptions.refreshSlotsCache();
  });
}

/** Whether a node refused a command because the slot is, or will be, at another node. */
export const isRedirect = (error: Error): boolean => /\b(MOVED|ASK|TRYAGAIN)\b/.test(error.message);
