import type { Channel, default as Pusher } from "pusher-js";

/** The reason with which the server refuses a subscription. */
export type SubscriptionProblem = { type?: string; error?: string; status?: number };

/** A channel's own event in this page: the portal refuses its authorization. It comes again with each further try. */
export const CHANNEL_REFUSED = "page:channel-refused";

const FIRST_PAUSE_MS = 1_000;
const MAX_PAUSE_MS = 60_000;

/**
 * Subscribes again, with growing pauses, to a channel that the server refused (`pusher:subscription_error`); pusher-js does so only
 * with a new socket.
 * @param onProblem called with each refusal
 * @param signal ends the repetition
 */
export function keepSubscribed(
  pusher: Pusher,
  channel: Channel,
  onProblem: (problem: SubscriptionProblem) => void,
  signal: AbortSignal,
): void {
  let pauseMs = FIRST_PAUSE_MS;
  channel.bind("pusher:subscription_succeeded", () => {
    pauseMs = FIRST_PAUSE_MS;
  });
  channel.bind("pusher:subscription_error", (problem: SubscriptionProblem | null) => {
    if (signal.aborted) return;
    const socketId = pusher.connection.socket_id;
    onProblem(problem ?? {});
    // Random, so that pages that were refused together do not retry together.
    const timer = setTimeout(
      () => {
        // A new socket has subscribed to the channel itself.
        if (!signal.aborted && pusher.connection.socket_id === socketId && !channel.subscribed) channel.subscribe();
      },
      pauseMs * (0.5 + Math.random() / 2),
    );
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
  });
}
