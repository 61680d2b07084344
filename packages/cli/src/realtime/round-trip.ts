import { uuidv7 } from "@mgs/core/ids";
import type { PusherEnv } from "@mgs/realtime/env";
import { ROUND_TRIP_EVENT, sessionChannel } from "@mgs/realtime/names";
import { publicPusherSettings } from "@mgs/realtime/public-settings";
import { createPublisher, type Publisher } from "@mgs/realtime/server";
import PusherClient from "pusher-js";

export type RoundTrip = { address: string; connect_ms: number; round_trip_ms: number };

/**
 * Publishes an event on a private channel that nobody else listens to, and waits for it.
 * @param options.internal by the address that the portals use, else by the one that browsers use
 * @param options.timeout milliseconds each step may take
 * @throws Error saying which step failed
 */
export async function roundTrip(
  env: PusherEnv,
  { internal, timeout }: { internal: boolean; timeout: number },
): Promise<RoundTrip> {
  const publisher = createPublisher(env);
  const { PUSHER_PUBLIC_HOST: _host, PUSHER_PUBLIC_PORT: _port, PUSHER_PUBLIC_SCHEME: _scheme, ...inner } = env;
  const { address, client } = connect(internal ? inner : env, publisher);
  try {
    const start = performance.now();
    await step(`no connection to ${address}`, timeout, connected(client, address));
    const connect_ms = elapsed(start);
    const channel = client.subscribe(sessionChannel(uuidv7()));
    await step(
      "no answer to the subscription",
      timeout,
      new Promise<void>((resolve, reject) => {
        channel.bind("pusher:subscription_succeeded", resolve);
        channel.bind("pusher:subscription_error", () => reject(new Error("the subscription was refused")));
      }),
    );
    const received = new Promise<void>((resolve) => channel.bind(ROUND_TRIP_EVENT, () => resolve()));
    const sent = performance.now();
    await step("the server took no event", timeout, publisher.trigger(channel.name, ROUND_TRIP_EVENT, {}));
    await step("the event did not arrive", timeout, received);
    return { address, connect_ms, round_trip_ms: elapsed(sent) };
  } finally {
    client.disconnect();
  }
}

function connect(env: PusherEnv, publisher: Publisher): { address: string; client: PusherClient } {
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

/** Pusher's own refusals (a wrong key) are final; an address that does not answer is not tried for ever. */
function connected(client: PusherClient, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuse = (why: string) => () => reject(new Error(`${address} ${why}`));
    client.connection.bind("connected", () => resolve());
    client.connection.bind("error", refuse("refuses the connection, or is not there"));
    client.connection.bind("failed", refuse("cannot be used"));
    client.connection.bind("unavailable", refuse("cannot be reached"));
  });
}

function elapsed(since: number): number {
  return Math.round((performance.now() - since) * 10) / 10;
}

async function step<T>(complaint: string, timeout: number, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error(`${complaint} within ${timeout / 1_000} s`)), timeout);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
