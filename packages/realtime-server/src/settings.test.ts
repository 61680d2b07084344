import Pusher from "pusher";
import { expect, it } from "vitest";
import { createClient, nextEvent, subscribed } from "./testing/library-client";
import { startServer, type TestServer } from "./testing/start-server";

/** What a deployment says, and nothing else, decides which server the libraries talk to. */
function publisherOf(env: Record<string, string>): Pusher {
  const common = {
    appId: env.PUSHER_APP_ID ?? "",
    key: env.PUSHER_APP_KEY ?? "",
    secret: env.PUSHER_APP_SECRET ?? "",
    useTLS: env.PUSHER_SCHEME === "https",
  };
  if (env.PUSHER_HOST === undefined) return new Pusher({ ...common, cluster: env.PUSHER_APP_CLUSTER ?? "" });
  return new Pusher({ ...common, host: env.PUSHER_HOST, ...(env.PUSHER_PORT ? { port: env.PUSHER_PORT } : {}) });
}

const envOf = ({ app, port }: TestServer): Record<string, string> => ({
  PUSHER_APP_ID: app.id,
  PUSHER_APP_KEY: app.key,
  PUSHER_APP_SECRET: app.secret,
  PUSHER_HOST: "localhost",
  PUSHER_PORT: String(port),
  PUSHER_SCHEME: "http",
  PUSHER_APP_CLUSTER: "mt1",
});

it("publisher and client talk to the server that their settings name", async () => {
  const ours = await startServer({ app: { id: "ours", key: "key-1", secret: "secret-1" } });
  const theirs = await startServer({ app: { id: "theirs", key: "key-2", secret: "secret-2" } });
  for (const server of [ours, theirs]) {
    const client = createClient(server);
    await subscribed(client, "private-App.Models.User.1");
    const received = nextEvent(client.channel("private-App.Models.User.1"), "created");
    await publisherOf(envOf(server)).trigger("private-App.Models.User.1", "created", { by: server.app.id });
    expect(await received).toEqual({ by: server.app.id });
  }
  const mixed = publisherOf({ ...envOf(ours), PUSHER_PORT: String(theirs.port) });
  await expect(mixed.trigger("a", "created", {})).rejects.toMatchObject({ status: 404 });
  const wrongSecret = publisherOf({ ...envOf(ours), PUSHER_APP_SECRET: "secret-2" });
  await expect(wrongSecret.trigger("a", "created", {})).rejects.toMatchObject({ status: 401 });
});
