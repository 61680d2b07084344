import type { PublicPusherSettings } from "@mgs/realtime/connection";
import { EVENTS, userChannel } from "@mgs/realtime/names";
import type { Publisher } from "@mgs/realtime/server";
import PusherClient from "pusher-js";

/** A page of the canary's: what a browser would see, by the library that browsers use. */
export type CanaryPage = {
  /** Resolves with `performance.now()` of the event that carries the notification `id`; at most `timeout` ms. */
  arrival(id: string, timeout: number): Promise<number | null>;
  close(): void;
};

const CONNECT_TIMEOUT = 10_000;

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
    // Before the POST's own answer: the worker may be quicker than the way back.
    else arrived.set(data.id, at);
  });
  const joined = await limited<true>(CONNECT_TIMEOUT, (resolve) =>
    channel.bind("pusher:subscription_succeeded", () => resolve(true)),
  );
  if (!joined) {
    client.disconnect();
    throw new Error("the canary's socket did not open");
  }
  return {
    arrival: (id, timeout) => {
      const at = arrived.get(id);
      if (at !== undefined) return Promise.resolve(at);
      return limited<number>(timeout, (resolve) => waiting.set(id, resolve));
    },
    close: () => client.disconnect(),
  };
}

function limited<T>(milliseconds: number, begin: (resolve: (value: T) => void) => void): Promise<T | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(null), milliseconds);
    begin((value) => {
      clearTimeout(timer);
      resolve(value);
    });
  });
}
