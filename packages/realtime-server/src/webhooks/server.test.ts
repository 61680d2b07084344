import { expect, it } from "vitest";
import type { WebhookKind } from "../apps";
import { createLocalCluster } from "../cluster/local-cluster";
import { RawClient } from "../testing/raw-client";
import { startServer, type TestServer } from "../testing/start-server";
import { startWebhookReceiver, type WebhookReceiver } from "../testing/webhook-receiver";

const member = (id: string): string => JSON.stringify({ user_id: id, user_info: { name: "Rado" } });

type Setup = { webhookDelayMs?: number; events?: WebhookKind[] };

async function start({ webhookDelayMs = 50, events }: Setup = {}): Promise<TestServer & { receiver: WebhookReceiver }> {
  const receiver = await startWebhookReceiver();
  const cluster = createLocalCluster(webhookDelayMs);
  const server = await startServer({
    // What a stop tells has so long to arrive.
    limits: { closeGraceMs: 10_000 },
    options: { cluster },
    settings: { webhooks: [{ url: receiver.url, events }] },
  });
  return { ...server, receiver };
}

/** What was told once everything that is due is sent: a stop sends it. */
async function allTold({ server, receiver }: { server: TestServer["server"]; receiver: WebhookReceiver }) {
  await server.close();
  return receiver.taken;
}

it("each kind is sent exactly once, with the documented fields", async () => {
  const { port, server, receiver } = await start();
  const [one, two] = await Promise.all([RawClient.connect(port), RawClient.connect(port)]);
  await one.join("presence-a", member("1"));
  await two.join("private-a");
  await one.join("private-a");
  await one.join("cache-a");
  one.send({ event: "client-typing", channel: "presence-a", data: { dossier: 7 } });
  two.send({ event: "client-typing", channel: "private-a", data: "text" });
  await Promise.all([one.settled(), two.settled()]);
  one.ws.close();
  two.ws.close();
  const told = [...(await receiver.took(17))];
  const of = (name: WebhookKind) => told.filter((event) => event.name === name);
  const byChannel = (channels: string[], name: WebhookKind) => channels.map((channel) => ({ name, channel }));
  expect(of("channel_occupied")).toEqual(byChannel(["presence-a", "private-a", "cache-a"], "channel_occupied"));
  expect(of("member_added")).toEqual([{ name: "member_added", channel: "presence-a", user_id: "1" }]);
  expect(of("cache_miss")).toEqual([{ name: "cache_miss", channel: "cache-a" }]);
  expect(of("client_event")).toEqual(
    expect.arrayContaining([
      {
        name: "client_event",
        channel: "presence-a",
        event: "client-typing",
        data: '{"dossier":7}',
        socket_id: one.socketId,
        user_id: "1",
      },
      { name: "client_event", channel: "private-a", event: "client-typing", data: "text", socket_id: two.socketId },
    ]),
  );
  expect(of("member_removed")).toEqual([{ name: "member_removed", channel: "presence-a", user_id: "1" }]);
  expect(
    of("channel_vacated")
      .map(({ channel }) => channel)
      .sort(),
  ).toEqual(["cache-a", "presence-a", "private-a"]);
  const counts = of("subscription_count").filter(({ channel }) => channel === "private-a");
  expect(counts.map(({ subscription_count }) => subscription_count)).toEqual([1, 2, 1, 0]);
  expect(of("subscription_count").filter(({ channel }) => channel === "presence-a")).toEqual([]);
  expect(await allTold({ server, receiver })).toEqual(told);
});

it("two sockets of one user are one member, added with the first and removed after the last", async () => {
  const { port, server, receiver } = await start({ events: ["member_added", "member_removed"] });
  const [one, two] = await Promise.all([RawClient.connect(port), RawClient.connect(port)]);
  await one.join("presence-a", member("1"));
  await two.join("presence-a", member("1"));
  one.ws.close();
  await one.closed;
  await two.settled();
  two.ws.close();
  await receiver.took(2);
  expect(await allTold({ server, receiver })).toEqual([
    { name: "member_added", channel: "presence-a", user_id: "1" },
    { name: "member_removed", channel: "presence-a", user_id: "1" },
  ]);
});

it("a page that reloads is no departure", async () => {
  const events: WebhookKind[] = ["channel_occupied", "channel_vacated", "member_added", "member_removed"];
  const { port, server, receiver } = await start({ webhookDelayMs: 60_000, events });
  for (let load = 0; load < 3; load++) {
    const page = await RawClient.connect(port);
    await page.join("presence-a", member("1"));
    page.ws.close();
    await page.closed;
  }
  await expect.poll(() => server.statistics().connections).toBe(0);
  expect(await allTold({ server, receiver })).toEqual([
    { name: "member_added", channel: "presence-a", user_id: "1" },
    { name: "channel_occupied", channel: "presence-a" },
    // The last page did not come back before the server stopped.
    { name: "channel_vacated", channel: "presence-a" },
    { name: "member_removed", channel: "presence-a", user_id: "1" },
  ]);
});

it("a signed-in user is no member of a channel", async () => {
  const { port, server, receiver } = await start();
  const client = await RawClient.connect(port);
  client.signin(JSON.stringify({ id: "1", user_info: {} }));
  await client.next("pusher:signin_success");
  client.ws.close();
  await client.closed;
  await expect.poll(() => server.statistics().connections).toBe(0);
  expect(await allTold({ server, receiver })).toEqual([]);
});

it("an app's webhooks are of that app alone", async () => {
  const other = await startWebhookReceiver();
  const { port, server, receiver } = await start();
  await startServer({ settings: { webhooks: [{ url: other.url }] } });
  const client = await RawClient.connect(port);
  await client.join("a");
  await allTold({ server, receiver });
  expect(receiver.taken.length).toBeGreaterThan(0);
  expect(other.requests).toEqual([]);
});

it("a cache miss is sent once, however many subscribe at a time", async () => {
  const { port, server, receiver, publisher } = await start({ events: ["cache_miss"] });
  const clients = await Promise.all(Array.from({ length: 5 }, () => RawClient.connect(port)));
  await Promise.all(clients.map((client) => client.join("cache-a")));
  await Promise.all(clients.map((client) => client.next("pusher:cache_miss")));
  await publisher.trigger("cache-b", "created", {});
  await clients[0]?.join("cache-b");
  await clients[1]?.join("cache-c");
  expect(await allTold({ server, receiver })).toEqual([
    { name: "cache_miss", channel: "cache-a" },
    { name: "cache_miss", channel: "cache-c" },
  ]);
});

it("a server that stops alone sends that its channels are vacated and its members removed", async () => {
  const { port, server, receiver } = await start({
    webhookDelayMs: 60_000,
    events: ["member_removed", "channel_vacated"],
  });
  const client = await RawClient.connect(port);
  await client.join("presence-a", member("1"));
  expect(await allTold({ server, receiver })).toEqual(
    expect.arrayContaining([
      { name: "member_removed", channel: "presence-a", user_id: "1" },
      { name: "channel_vacated", channel: "presence-a" },
    ]),
  );
});
