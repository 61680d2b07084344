import { channelKind } from "../protocol/channel-name";

/** A channel with more subscriptions gets its count at an interval, not at each change. */
const MAX_COUNT_SENT_AT_ONCE = 100;
const LARGE_CHANNEL_INTERVAL_MS = 5_000;

type SendCount = (appId: string, channel: string, total: number, isOwner: boolean) => void;

/**
 * Decides when `subscription_count` is sent (documentation: "Subscription counting"): at once up to 100 subscriptions, above
 * it every five seconds while the count changes. Presence channels have members instead.
 */
export type SubscriptionCounts = {
  update: SendCount;
  stop(): void;
};

export function createSubscriptionCounts(send: SendCount): SubscriptionCounts {
  type DelayedCount = { appId: string; channel: string; total: number; isOwner: boolean };
  const delayed = new Map<string, DelayedCount>();
  let timer: NodeJS.Timeout | undefined;

  function sweep(): void {
    timer = undefined;
    const due = [...delayed.values()];
    delayed.clear();
    for (const { appId, channel, total, isOwner } of due) send(appId, channel, total, isOwner);
  }

  return {
    update(appId, channel, total, isOwner) {
      if (channelKind(channel) === "presence") return;
      const key = `${appId} ${channel}`;
      if (total <= MAX_COUNT_SENT_AT_ONCE) {
        delayed.delete(key);
        send(appId, channel, total, isOwner);
        return;
      }
      // Every process gets every change, so the owner of the last change reports all of them.
      delayed.set(key, { appId, channel, total, isOwner });
      if (timer !== undefined) return;
      timer = setTimeout(sweep, LARGE_CHANNEL_INTERVAL_MS);
      timer.unref();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
