import { expect, it } from "vitest";
import { startBackEnd, startSocketIo } from "../testing/laravel-back-end";
import { createClient, nextEvent } from "../testing/library-client";
import { connectSocketIo, type SocketIoClient } from "../testing/socket-io-client";

/** The WebSocket below a client. */
const webSocketOf = ({ socket }: SocketIoClient) =>
  (socket.io.engine.transport as unknown as { ws: { pause(): void; resume(): void } }).ws;

it("too many messages in a second end the connection, so that the client comes back later", async () => {
  const test = await startSocketIo(await startBackEnd(), { limits: { maxMessagesPerSecond: 20 } });
  const client = await connectSocketIo(test.port);
  const ended = client.next("disconnect");
  for (let count = 0; count < 50; count++) client.socket.emit("anything", count);
  expect((await ended)[0]).toBe("transport close");
});

it("questions to the back end count as subscriptions", async () => {
  const backEnd = await startBackEnd(() => new Promise(() => undefined));
  const test = await startSocketIo(backEnd, { limits: { maxSubscriptionsPerConnection: 3 } });
  const client = await connectSocketIo(test.port);
  const refused = client.next("subscription_error");
  for (let count = 0; count < 4; count++) client.socket.emit("subscribe", { channel: `private-${count}` });
  expect(await refused).toEqual(["private-3", 403]);
  await expect.poll(() => backEnd.questions.length).toBe(3);
});

it("a message that is too large ends the connection", async () => {
  const test = await startSocketIo(await startBackEnd(), { limits: { maxFrameBytes: 1_000 } });
  const client = await connectSocketIo(test.port);
  const ended = client.next("disconnect");
  client.socket.emit("client event", { channel: "private-a", event: "client-a", data: "x".repeat(2_000) });
  await ended;
  expect(test.server.statistics().connections).toBe(0);
});

it.each(["websocket", "polling"])(
  "a client by %s that does not read is closed, and delays no other",
  async (transport) => {
    const test = await startSocketIo(await startBackEnd(), { limits: { maxUnsentBytes: 256 * 1024 } });
    const slow = await connectSocketIo(test.port, { transports: [transport] });
    const quick = createClient(test).subscribe("a");
    await nextEvent(quick, "pusher:subscription_succeeded");
    slow.socket.emit("subscribe", { channel: "a" });
    const count = async () =>
      (await test.publisher.get({ path: "/channels/a", params: { info: "subscription_count" } })).json();
    await expect.poll(count).toEqual({ occupied: true, subscription_count: 2 });
    let heard = 0;
    quick.bind("big", () => heard++);
    if (transport === "websocket") webSocketOf(slow).pause();
    else (slow.socket.io.engine.transport as unknown as { doPoll(): void }).doPoll = () => undefined;
    const batch = Array.from({ length: 10 }, () => ({ channel: "a", name: "big", data: "x".repeat(10_000) }));
    let rounds = 0;
    for (; test.server.statistics().slowClientsClosed === 0; rounds++) {
      await test.publisher.triggerBatch(structuredClone(batch));
    }
    await expect.poll(() => heard).toBe(rounds * batch.length);
    if (transport === "websocket") webSocketOf(slow).resume();
  },
  60_000,
);

it.each(["websocket", "polling"])("a stopping server ends clients by %s so that they come back", async (transport) => {
  const test = await startSocketIo(await startBackEnd(), { limits: { closeGraceMs: 5_000 } });
  const client = await connectSocketIo(test.port, { transports: [transport] });
  const ended = client.next("disconnect");
  await test.server.close();
  expect((await ended)[0]).toBe("transport close");
});

it("a client that does not answer a heartbeat is gone", async () => {
  const backEnd = await startBackEnd();
  const authorization = { hosts: [backEnd.url], endpoint: "/auth" };
  const socketIo = { appId: "mgs", authorization, pingIntervalMs: 50, pingTimeoutMs: 50 };
  const test = await startSocketIo(backEnd, { options: { socketIo } });
  const client = await connectSocketIo(test.port);
  const webSocket = webSocketOf(client);
  webSocket.pause();
  await expect.poll(() => test.server.statistics().connections).toBe(0);
  webSocket.resume();
});
