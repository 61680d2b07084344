import type { Channel, default as Pusher } from "pusher-js";

/** What the server says of a subscription that it refuses. */
export type SubscriptionProblem = { type?: string; error?: string; status?: number };

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

/**
 * Subscribes again, with growing pauses, to a channel that the server refused (`pusher:subscription_error`); pusher-js does so only
 * with a new socket.
 * @param onProblem hears of each refusal
 * @param signal ends it
 */
export function keepSubscribed(
  pusher: Pusher,
  channel: Channel,
  onProblem: (problem: SubscriptionProblem) => void,
  signal: AbortSignal,
): void {
  let pause = FIRST_PAUSE_MS;
  channel.bind("pusher:subscription_succeeded", () => {
    pause = FIRST_PAUSE_MS;
  });
  channel.bind("pusher:subscription_error", (problem: SubscriptionProblem | null) => {
    if (signal.aborted) return;
    const socketId = pusher.connection.socket_id;
    onProblem(problem ?? {});
    // Pages that were refused together do not come back together.
    const timer = setTimeout(
      () => {
        // A new socket has subscribed to everything by itself.
        if (!signal.aborted && pusher.connection.socket_id === socketId && !channel.subscribed) channel.subscribe();
      },
      pause * (0.5 + Math.random() / 2),
    );
    signal.addEventListener("abort", () => clearTimeout(timer), { once: true });
    pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
  });
}
