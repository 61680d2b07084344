import { channelKind } from "../protocol/channel-name";

/** Above so many subscriptions a channel's count is told every few seconds, not at each change. */
const REALTIME_UP_TO = 100;
const PERIOD_MS = 5_000;

type Tell = (appId: string, channel: string, total: number, isOwner: boolean) => void;

/**
 * When `subscription_count` is told (documentation: "Subscription counting"): at once up to 100 subscriptions, above it
 * every five seconds while it changes. Presence channels have members instead.
 */
export type SubscriptionCounts = {
  counted: Tell;
  stop(): void;
};

export function createSubscriptionCounts(tell: Tell): SubscriptionCounts {
  type Late = { appId: string; channel: string; total: number; isOwner: boolean };
  const late = new Map<string, Late>();
  let timer: NodeJS.Timeout | undefined;

  function sweep(): void {
    timer = undefined;
    const due = [...late.values()];
    late.clear();
    for (const { appId, channel, total, isOwner } of due) tell(appId, channel, total, isOwner);
  }

  return {
    counted(appId, channel, total, isOwner) {
      if (channelKind(channel) === "presence") return;
      const key = `${appId} ${channel}`;
      if (total <= REALTIME_UP_TO) {
        late.delete(key);
        tell(appId, channel, total, isOwner);
        return;
      }
      // Every process hears every change, so the one that made the last of them tells of all.
      late.set(key, { appId, channel, total, isOwner });
      if (timer !== undefined) return;
      timer = setTimeout(sweep, PERIOD_MS);
      timer.unref();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
