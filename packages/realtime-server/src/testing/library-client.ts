import type Pusher from "pusher";
import PusherJs, { type Options } from "pusher-js";
import { onTestFinished } from "vitest";
import type { TestServer } from "./start-server";

export type TestUser = { id: string; name: string };

/** pusher-js as a browser would have it, its authorizations signed by the real server library. */
export function createClient(
  { port, publisher, app }: TestServer,
  user: TestUser = { id: "1", name: "Rado" },
  enabledTransports: Options["enabledTransports"] & {} = ["ws"],
): PusherJs {
  const client = new PusherJs(app.key, {
    cluster: "",
    wsHost: "localhost",
    wsPort: port,
    httpHost: "localhost",
    httpPort: port,
    forceTLS: false,
    enabledTransports,
    disableStats: true,
    channelAuthorization: {
      customHandler: ({ socketId, channelName }, callback) =>
        callback(null, authorize(publisher, socketId, channelName, user)),
    },
    userAuthentication: {
      customHandler: ({ socketId }, callback) =>
        callback(null, publisher.authenticateUser(socketId, { id: user.id, name: user.name })),
    },
  });
  onTestFinished(() => client.disconnect());
  return client;
}

function authorize(publisher: Pusher, socketId: string, channel: string, user: TestUser): Pusher.ChannelAuthResponse {
  if (!channel.startsWith("presence-")) return publisher.authorizeChannel(socketId, channel);
  return publisher.authorizeChannel(socketId, channel, { user_id: user.id, user_info: { name: user.name } });
}

type Bindable = { bind(event: string, callback: (data: unknown) => void): unknown };

/** The next event of that name on a channel, a user or a connection of pusher-js. */
export function nextEvent(target: Bindable, event: string): Promise<unknown> {
  return new Promise((resolve) => {
    target.bind(event, (data) => resolve(data));
  });
}

export function subscribed(client: PusherJs, channel: string): Promise<unknown> {
  return nextEvent(client.subscribe(channel), "pusher:subscription_succeeded");
}
