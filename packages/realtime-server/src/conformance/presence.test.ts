import type { Members, PresenceChannel } from "pusher-js";
import { expect, it } from "vitest";
import { createClient, nextEvent, subscribed } from "../testing/library-client";
import { request } from "../testing/publish";
import { RawClient } from "../testing/raw-client";
import { startServer } from "../testing/start-server";

const presence = (id: unknown, info?: unknown): string => JSON.stringify({ user_id: id, user_info: info });
const parsed = (message: { data?: unknown }): unknown => JSON.parse(String(message.data));

it("the first subscriber gets itself, the next gets both, with ids, hash and count", async () => {
  const { port } = await startServer();
  const [first, second] = [await RawClient.connect(port), await RawClient.connect(port)];
  expect(parsed(await first.join("presence-a", presence("1", { name: "Rado" })))).toEqual({
    presence: { ids: ["1"], hash: { "1": { name: "Rado" } }, count: 1 },
  });
  expect(parsed(await second.join("presence-a", presence("2")))).toEqual({
    presence: { ids: ["1", "2"], hash: { "1": { name: "Rado" }, "2": null }, count: 2 },
  });
  expect(parsed(await first.next("pusher_internal:member_added"))).toEqual({ user_id: "2" });
});

it("a member without info counts, is found and leaves in pusher-js", async () => {
  const server = await startServer();
  const plain = await RawClient.connect(server.port);
  await plain.join("presence-a", presence("2"));
  const client = createClient(server);
  const members = (await subscribed(client, "presence-a")) as Members;
  expect(members.count).toBe(2);
  expect(members.get("2")).toEqual({ id: "2", info: null });
  const channel = client.channel("presence-a") as PresenceChannel;
  const removed = nextEvent(channel, "pusher:member_removed");
  plain.ws.terminate();
  expect(await removed).toMatchObject({ id: "2" });
  expect(channel.members.count).toBe(1);
});

it("no user is notified of their own coming, nor of a second socket, nor of one of two that leaves", async () => {
  const { port } = await startServer();
  const [watcher, one, two] = await Promise.all([1, 2, 3].map(() => RawClient.connect(port)));
  await watcher?.join("presence-a", presence("w"));
  await one?.join("presence-a", presence("1"));
  await two?.join("presence-a", presence("1"));
  one?.ws.terminate();
  await one?.closed;
  two?.send({ event: "pusher:unsubscribe", data: { channel: "presence-a" } });
  await watcher?.next("pusher_internal:member_removed");
  await watcher?.settled();
  const told = (client: RawClient | undefined) =>
    client?.received.filter(({ event }) => event.startsWith("pusher_internal:member")).map(({ event }) => event);
  expect(told(watcher)).toEqual(["pusher_internal:member_added", "pusher_internal:member_removed"]);
  expect(told(two)).toEqual([]);
});

it("ids that objects know are members like others, in frames and in the HTTP API", async () => {
  const server = await startServer();
  const ids = ["__proto__", "constructor", "toString", "hasOwnProperty", "0", " ", "é", "a b"];
  const clients = await Promise.all(ids.map(() => RawClient.connect(server.port)));
  for (const [index, id] of ids.entries()) await clients[index]?.join("presence-a", presence(id, { id }));
  const last = await RawClient.connect(server.port);
  const joined = await last.join("presence-a", presence("last"));
  for (const id of ids) expect(String(joined.data)).toContain(`${JSON.stringify(id)}:${JSON.stringify({ id })}`);
  expect(String(joined.data)).toContain('"count":9');
  const users = await (await request(server, "GET", "/channels/presence-a/users")).json();
  expect(users).toEqual({ users: [...ids, "last"].map((id) => ({ id })) });
  for (const client of clients) client.ws.terminate();
  for (let count = 0; count < ids.length; count++) await last.next("pusher_internal:member_removed");
  expect(await (await request(server, "GET", "/channels/presence-a?info=user_count")).json()).toEqual({
    occupied: true,
    user_count: 1,
  });
});

it("a signature says nothing of half a surrogate pair", async () => {
  const { port } = await startServer();
  const client = await RawClient.connect(port);
  client.subscribe("presence-a", '{"user_id":"\ud800"}');
  expect((await client.next("pusher:subscription_error")).data).toMatchObject({ type: "AuthError", status: 401 });
  // Written as an escape it is ASCII to the signature, and comes out as it went in.
  const joined = await client.join("presence-a", '{"user_id":"\\ud800"}');
  expect(parsed(joined)).toMatchObject({ presence: { ids: ["\ud800"] } });
});

it("a signed-in user's info is limited as that of channel_data", async () => {
  const { port } = await startServer();
  const client = await RawClient.connect(port);
  client.signin(JSON.stringify({ id: "1", user_info: "x".repeat(1_025) }));
  await client.next("pusher:signin_success");
  client.subscribe("presence-a");
  expect((await client.next("pusher:subscription_error")).data).toMatchObject({ type: "LimitReached", status: 413 });
});

it("client events carry the sender's id, whatever the sender says", async () => {
  const { port } = await startServer();
  const [sender, receiver] = [await RawClient.connect(port), await RawClient.connect(port)];
  await sender.join("presence-a", presence("1"));
  await receiver.join("presence-a", presence("2"));
  sender.send({ event: "client-x", channel: "presence-a", data: { n: 1 }, user_id: "2" });
  expect(await receiver.next("client-x")).toEqual({
    event: "client-x",
    channel: "presence-a",
    data: { n: 1 },
    user_id: "1",
  });
});
