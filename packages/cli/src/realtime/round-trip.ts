import { uuidv7 } from "@mgs/core/ids";
import type { PusherEnv } from "@mgs/realtime/env";
import { ROUND_TRIP_EVENT, sessionChannel } from "@mgs/realtime/names";
import { publicPusherSettings } from "@mgs/realtime/public-settings";
import { createPublisher, type Publisher } from "@mgs/realtime/server";
import PusherClient from "pusher-js";

export type RoundTrip = { address: string; connect_ms: number; round_trip_ms: number };

/**
 * Publishes an event on a new private channel, waits for it, and measures the time.
 * @param options.internal true for the portals' address, false for the browsers'
 * @param options.timeoutMs time for each step
 * @throws Error that names the step which failed
 */
export async function measureRoundTrip(
  env: PusherEnv,
  { internal, timeoutMs }: { internal: boolean; timeoutMs: number },
): Promise<RoundTrip> {
  const publisher = createPublisher(env);
  const { PUSHER_PUBLIC_HOST: _host, PUSHER_PUBLIC_PORT: _port, PUSHER_PUBLIC_SCHEME: _scheme, ...inner } = env;
  const { address, client } = createClient(internal ? inner : env, publisher);
  try {
    const start = performance.now();
    await withStepTimeout(`no connection to ${address}`, timeoutMs, waitUntilConnected(client, address));
    const connect_ms = elapsedMs(start);
    const channel = client.subscribe(sessionChannel(uuidv7()));
    await withStepTimeout(
      "no answer to the subscription",
      timeoutMs,
      new Promise<void>((resolve, reject) => {
        channel.bind("pusher:subscription_succeeded", resolve);
        channel.bind("pusher:subscription_error", () => reject(new Error("the subscription was refused")));
      }),
    );
    const received = new Promise<void>((resolve) => channel.bind(ROUND_TRIP_EVENT, () => resolve()));
    const sent = performance.now();
    await withStepTimeout("the server took no event", timeoutMs, publisher.trigger(channel.name, ROUND_TRIP_EVENT, {}));
    await withStepTimeout("the event did not arrive", timeoutMs, received);
    return { address, connect_ms, round_trip_ms: elapsedMs(sent) };
  } finally {
    client.disconnect();
  }
}

function createClient(env: PusherEnv, publisher: Publisher): { address: string; client: PusherClient } {
  const { key, cluster, host, port, tls } = publicPusherSettings(env);
  const address = `${tls ? "wss" : "ws"}://${host ?? `cluster ${cluster}`}${port === null ? "" : `:${port}`}`;
  const client = new PusherClient(key, {
    cluster,
    forceTLS: tls,
    enabledTransports: ["ws", "wss"],
    disableStats: true,
    ...(host === null ? {} : { wsHost: host }),
    ...(port === null ? {} : { wsPort: port, wssPort: port }),
    channelAuthorization: {
      transport: "ajax",
      endpoint: "unused",
      customHandler: ({ socketId, channelName }, done) => done(null, publisher.authorizeChannel(socketId, channelName)),
    },
  });
  return { address, client };
}

/** Waits for the connection. @throws Error when Pusher refuses it (a wrong key), or the address does not answer */
function waitUntilConnected(client: PusherClient, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string) => () => reject(new Error(`${address} ${why}`));
    client.connection.bind("connected", () => resolve());
    client.connection.bind("error", refuse("refuses the connection, or is not there"));
    client.connection.bind("failed", refuse("cannot be used"));
    client.connection.bind("unavailable", refuse("cannot be reached"));
  });
}

function elapsedMs(since: number): number {
  return Math.round((performance.now() - since) * 10) / 10;
}

async function withStepTimeout<T>(complaint: string, timeoutMs: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${complaint} within ${timeoutMs / 1_000} s`)), timeoutMs);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
