import { describe, expect, it } from "vitest";
import { createLocalCluster } from "../cluster/local-cluster";
import { createClient, nextEvent } from "../testing/library-client";
import { RawClient } from "../testing/raw-client";
import { signedIn, user, watched } from "../testing/signed-in-client";
import { APP, startServer } from "../testing/start-server";

const POLLING = { timeout: 15_000 };

describe("watchlist events", () => {
  it("begin with the online and the offline users, then have each change", async () => {
    const { port } = await startServer();
    await signedIn(port, "2");
    const watcher = await signedIn(port, "1", ["2", "3"]);
    const three = await signedIn(port, "3");
    three.ws.terminate();
    await expect.poll(() => watched(watcher), POLLING).toEqual(["online 2", "offline 3", "online 3", "offline 3"]);
  });

  it("tell a user who watches themselves once", async () => {
    const { port } = await startServer();
    expect(watched(await signedIn(port, "1", ["1", "2"]))).toEqual(["online 1", "offline 2"]);
  });

  it("have a user who comes online during the sign-in once, and nothing before it has succeeded", async () => {
    const opened = Promise.withResolvers<void>();
    const cluster = createLocalCluster();
    const listen = (_appId: string, topic: string) => (topic === "#server-to-user-slow" ? opened.promise : undefined);
    const { port } = await startServer({ options: { cluster: { ...cluster, listen } } });
    const watcher = await RawClient.connect(port);
    watcher.signin(user("1", ["2", "3", "slow"]));
    const three = await signedIn(port, "3");
    await signedIn(port, "2");
    three.ws.terminate();
    await expect.poll(() => cluster.knownMembers(APP.id, "#server-to-user-3").size, POLLING).toBe(0);
    opened.resolve();
    await watcher.settled();
    expect(watched(watcher)).toEqual(["online 2", "offline 3,slow"]);
    expect(watcher.received.map(({ event }) => event)).toEqual([
      "pusher:connection_established",
      "pusher:signin_success",
      "pusher_internal:watchlist_events",
      "pusher:pong",
    ]);
  });

  it("of a watcher that leaves during its sign-in keep nothing", async () => {
    const opened = Promise.withResolvers<void>();
    const cluster = createLocalCluster();
    const listenedTopics = new Set<string>();
    const { port, server } = await startServer({
      options: {
        cluster: {
          ...cluster,
          listen(_appId, topic) {
            listenedTopics.add(topic);
            return topic.endsWith("-slow") ? opened.promise : undefined;
          },
          unlisten: (_appId, topic) => void listenedTopics.delete(topic),
        },
      },
    });
    const watcher = await RawClient.connect(port);
    watcher.signin(user("1", ["2", "slow"]));
    await expect.poll(() => listenedTopics.size, POLLING).toBe(3);
    watcher.ws.terminate();
    await expect.poll(() => server.statistics(), POLLING).toMatchObject({ connections: 0, signedInUsers: 0 });
    opened.resolve();
    await expect.poll(() => listenedTopics.size, POLLING).toBe(0);
  });

  it("tell of a user's first and last socket alone", async () => {
    const { port } = await startServer();
    const watcher = await signedIn(port, "1", ["2"]);
    const [first, second] = [await signedIn(port, "2"), await signedIn(port, "2")];
    first.ws.terminate();
    await first.closed;
    await signedIn(port, "3");
    await watcher.settled();
    expect(watched(watcher)).toEqual(["offline 2", "online 2"]);
    second.ws.terminate();
    await expect.poll(() => watched(watcher), POLLING).toEqual(["offline 2", "online 2", "offline 2"]);
  });

  it("above 100 the sign-in succeeds, the first 100 are watched, and 4302 names them", async () => {
    const { port } = await startServer();
    const ids = Array.from({ length: 101 }, (_, index) => `u${index}`);
    const watcher = await RawClient.connect(port);
    watcher.signin(user("1", ids));
    await watcher.next("pusher:signin_success");
    const error = (await watcher.next("pusher:error")).data;
    expect(error).toMatchObject({ code: 4302, message: expect.stringContaining("u0, u1, ") });
    expect(error).toMatchObject({ message: expect.not.stringContaining("u100") });
    await signedIn(port, "u100");
    await signedIn(port, "u99");
    await watcher.settled();
    expect(watched(watcher)).toEqual([`offline ${ids.slice(0, 100).join(",")}`, "online u99"]);
  });

  it("of one app say nothing of another's users", async () => {
    const { server, port } = await startServer();
    const other = { id: "other", key: "other-key", secret: "s" };
    server.replaceApps([
      { id: "mgs", keys: [{ key: "mgs-key", secret: "mgs-secret" }] },
      { id: other.id, keys: [other, { key: "b", secret: "mgs-secret" }] },
    ]);
    const foreign = await RawClient.connect(port, other);
    const data = user("2");
    const { sign } = await import("../auth/hmac");
    foreign.signin(data, `${other.key}:${sign(other.secret, `${foreign.socketId}::user::${data}`)}`);
    await foreign.next("pusher:signin_success");
    expect(watched(await signedIn(port, "1", ["2"]))).toEqual(["offline 2"]);
  });

  it("reach pusher-js", async () => {
    const server = await startServer();
    const client = createClient(server);
    client.config.userAuthenticator = ({ socketId }, callback) =>
      callback(null, server.publisher.authenticateUser(socketId, { id: "1", watchlist: ["2"] }));
    const offline = nextEvent(client.user.watchlist, "offline");
    const online = nextEvent(client.user.watchlist, "online");
    client.signin();
    expect(await offline).toEqual({ name: "offline", user_ids: ["2"] });
    await signedIn(server.port, "2");
    expect(await online).toEqual({ name: "online", user_ids: ["2"] });
  });
});
