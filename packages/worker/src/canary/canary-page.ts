import type { PublicPusherSettings } from "@mgs/realtime/connection";
import { EVENTS, userChannel } from "@mgs/realtime/names";
import type { Publisher } from "@mgs/realtime/server";
import PusherClient from "pusher-js";

/** The canary's page: a socket of the library that browsers use. */
export type CanaryPage = {
  /** Resolves with `performance.now()` of the event that carries the notification `id`, or with null after `timeoutMs`. */
  waitForNotification(id: string, timeoutMs: number): Promise<number | null>;
  close(): void;
};

const CONNECT_TIMEOUT_MS = 10_000;

/** Opens a socket as browsers do and joins the account's channel. @throws Error when that takes longer than 10 s */
export async function openCanaryPage(
  settings: PublicPusherSettings,
  publisher: Publisher,
  userId: number,
): Promise<CanaryPage> {
  const { key, host, port, tls, cluster } = settings;
  const client = new PusherClient(key, {
    cluster: cluster ?? "mt1",
    ...(host === null ? {} : { wsHost: host, httpHost: host }),
    ...(port === null ? {} : { wsPort: port, wssPort: port }),
    forceTLS: tls,
    enabledTransports: ["ws", "wss"],
    disableStats: true,
    channelAuthorization: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId, channelName }, done) => done(null, publisher.authorizeChannel(socketId, channelName)),
    },
  });
  const arrived = new Map<string, number>();
  const waiting = new Map<string, (at: number) => void>();
  const channel = client.subscribe(userChannel(userId));
  channel.bind(EVENTS.notificationCreated, (data: unknown) => {
    if (typeof data !== "object" || data === null || !("id" in data) || typeof data.id !== "string") return;
    const at = performance.now();
    const resolve = waiting.get(data.id);
    if (resolve) resolve(at);
    // The event may arrive before the answer to the POST, so it is kept for a later `waitForNotification`.
    else arrived.set(data.id, at);
  });
  const joined = await waitWithTimeout<true>(CONNECT_TIMEOUT_MS, (resolve) =>
    channel.bind("pusher:subscription_succeeded", () => resolve(true)),
  );
  if (!joined) {
    client.disconnect();
    throw new Error("the canary's socket did not open");
  }
  return {
    waitForNotification: (id, timeoutMs) => {
      const at = arrived.get(id);
      if (at !== undefined) return Promise.resolve(at);
      return waitWithTimeout<number>(timeoutMs, (resolve) => waiting.set(id, resolve));
    },
    close: () => client.disconnect(),
  };
}

/** Resolves with the value that `subscribe` passes on, or with null after `timeoutMs`. */
function waitWithTimeout<T>(timeoutMs: number, subscribe: (resolve: (value: T) => void) => void): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), timeoutMs);
    subscribe((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
