import { describe, expect, it } from "vitest";
import { request } from "../testing/publish";
import { RawClient } from "../testing/raw-client";
import { signedIn, user, watched } from "../testing/signed-in-client";
import { startServer } from "../testing/start-server";

/** How long a test waits for what the server has still to notice. */
const POLLING = { timeout: 15_000 };

describe("sign-in", () => {
  it("as another user fails, and the connection stays the first one's", async () => {
    const server = await startServer();
    const client = await signedIn(server.port, "1");
    client.signin(user("2"));
    expect((await client.next("pusher:error")).data).toMatchObject({ code: null });
    await server.publisher.sendToUser("2", "for-two", {});
    await server.publisher.sendToUser("1", "for-one", {});
    expect(await client.next("for-one")).toMatchObject({ channel: "#server-to-user-1" });
    expect(client.received.map((message) => message.event)).not.toContain("for-two");
  });

  it("as the same user succeeds again, with the new watchlist", async () => {
    const { port } = await startServer();
    const client = await signedIn(port, "1", ["2"]);
    client.signin(user("1", ["3"]));
    await client.next("pusher:signin_success");
    await client.settled();
    await signedIn(port, "2");
    await signedIn(port, "3");
    await client.settled();
    expect(watched(client)).toEqual(["offline 2", "offline 3", "online 3"]);
  });

  it("takes numbers in a watchlist as their strings", async () => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    client.signin(user("1", [2]));
    await client.next("pusher:signin_success");
    await signedIn(port, "2");
    await client.settled();
    expect(watched(client)).toEqual(["offline 2", "online 2"]);
  });

  it("as the same user again, with the same watchlist, notifies no watcher", async () => {
    const { port } = await startServer();
    const watcher = await signedIn(port, "9", ["1"]);
    const client = await signedIn(port, "1", ["2", "3"]);
    client.signin(user("1", ["3", "2"]));
    await client.next("pusher:signin_success");
    await client.settled();
    await watcher.settled();
    expect(watched(client)).toEqual(["offline 2,3"]);
    expect(watched(watcher)).toEqual(["offline 1", "online 1"]);
    client.ws.terminate();
    await expect.poll(() => watched(watcher), POLLING).toEqual(["offline 1", "online 1", "offline 1"]);
  });

  it("as the same user again, with another watchlist, notifies of added users and no more of removed ones", async () => {
    const { port } = await startServer();
    await signedIn(port, "4");
    const client = await signedIn(port, "1", ["2", "3"]);
    client.signin(user("1", ["3", "4", "5"]));
    await client.next("pusher:signin_success");
    for (const id of ["2", "3", "5"]) await signedIn(port, id);
    await client.settled();
    expect(watched(client)).toEqual(["offline 2,3", "online 4", "offline 5", "online 3", "online 5"]);
  });

  it("as the same user again, with other data, is answered with it, and others get the new data", async () => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    for (const name of ["Rado", "Rado R."]) {
      const data = JSON.stringify({ id: "1", user_info: { name } });
      client.signin(data);
      expect((await client.next("pusher:signin_success")).data).toEqual({ user_data: data });
    }
    const joined = await client.join("presence-a");
    expect(JSON.parse(String(joined.data))).toMatchObject({ presence: { hash: { "1": { name: "Rado R." } } } });
  });

  it.each([
    ["a watchlist that is no array", user("1", "2")],
    ["a watchlist of what is no id", user("1", [null])],
    ["an id that is too long", user("x".repeat(129))],
    ["an empty id", user("")],
  ])("%s closes with 4009", async (_case, userData) => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    client.signin(userData);
    expect((await client.closed).code).toBe(4009);
  });

  it("a signature of another socket or for other data closes with 4009", async () => {
    const { port } = await startServer();
    const [one, two] = [await RawClient.connect(port), await RawClient.connect(port)];
    one.socketId = two.socketId;
    one.signin(user("1"));
    expect((await one.closed).code).toBe(4009);
  });
});

describe("the channel of a user", () => {
  it("is closed to all but that user, before and after a sign-in", async () => {
    const { port } = await startServer();
    const client = await RawClient.connect(port);
    client.subscribe("#server-to-user-1");
    expect((await client.next("pusher:subscription_error")).data).toMatchObject({ type: "InvalidChannel" });
    const two = await signedIn(port, "2");
    for (const name of ["#server-to-user-1", "#server-to-user-", "#server-to-user-2 "]) {
      two.subscribe(name);
      expect((await two.next("pusher:subscription_error", name)).data).toMatchObject({ type: "InvalidChannel" });
    }
  });

  it("its own user gets each event once, subscribed to it or not, and it is in no list", async () => {
    const server = await startServer();
    const client = await signedIn(server.port, "1");
    await client.join("#server-to-user-1");
    await client.join("#server-to-user-1");
    await server.publisher.sendToUser("1", "greeting", { n: 1 });
    await client.next("greeting");
    client.send({ event: "pusher:unsubscribe", data: { channel: "#server-to-user-1" } });
    await server.publisher.sendToUser("1", "last", {});
    await client.next("last");
    expect(client.received.filter((message) => message.event === "greeting")).toHaveLength(1);
    expect(await (await request(server, "GET", "/channels")).json()).toEqual({ channels: {} });
    expect((await request(server, "GET", "/channels/%23server-to-user-1")).status).toBe(400);
  });

  it("takes no client events, from its user neither", async () => {
    const { port } = await startServer();
    const client = await signedIn(port, "1");
    await client.join("#server-to-user-1");
    client.send({ event: "client-x", channel: "#server-to-user-1", data: "{}" });
    expect((await client.next("pusher:error")).data).toMatchObject({ code: null });
  });

  it("is exempt from the name pattern in /events and /batch_events, with socket_id left out", async () => {
    const server = await startServer();
    const id = `Rabé & Söhne ${"x".repeat(100)}`;
    const [one, two] = [await signedIn(server.port, id), await signedIn(server.port, id)];
    const channel = `#server-to-user-${id}`;
    const event = { name: "n", data: "1", channel };
    const answer = await request(server, "POST", "/events", { ...event, socket_id: one.socketId });
    expect([answer.status, await answer.text()]).toEqual([200, "{}"]);
    await request(server, "POST", "/batch_events", { batch: [{ ...event, name: "batched" }] });
    await one.next("batched");
    await two.next("n");
    expect(one.received.map((message) => message.event)).not.toContain("n");
  });
});

it("a terminated user's sockets are closed with 4009; the user may come back", async () => {
  const server = await startServer();
  const [one, two, other] = [
    await signedIn(server.port, "1"),
    await signedIn(server.port, "1"),
    await signedIn(server.port, "2"),
  ];
  const answer = await request(server, "POST", "/users/1/terminate_connections");
  expect([answer.status, await answer.text()]).toEqual([200, "{}"]);
  expect((await one.closed).code).toBe(4009);
  expect((await two.closed).code).toBe(4009);
  await other.settled();
  await signedIn(server.port, "1");
});
