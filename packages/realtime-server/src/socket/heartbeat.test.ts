import { expect, it } from "vitest";
import { blockEventLoop } from "../testing/block-event-loop";
import { RawClient } from "../testing/raw-client";
import { startServer } from "../testing/start-server";

const limits = { activityTimeoutMs: 60, pongTimeoutMs: 300 };

it("a silent client is asked, and closed with 4201 when it does not answer", async () => {
  const { port } = await startServer({ limits });
  const client = await RawClient.connect(port);
  await client.next("pusher:ping");
  expect((await client.next("pusher:error")).data).toMatchObject({ code: 4201 });
  expect((await client.closed).code).toBe(4201);
});

it("a client that answers stays", async () => {
  const { port } = await startServer({ limits: { ...limits, pongTimeoutMs: 2_000 } });
  const client = await RawClient.connect(port);
  for (let round = 0; round < 8; round++) {
    await client.next("pusher:ping");
    client.send({ event: "pusher:pong", data: {} });
  }
  await client.settled();
});

it("a client whose answer came while the server was stalled stays", async () => {
  const { port } = await startServer({ limits });
  const client = await RawClient.connect(port);
  await client.next("pusher:ping");
  client.send({ event: "pusher:pong", data: {} });
  blockEventLoop(2 * limits.pongTimeoutMs);
  // Asked anew: the answer counted.
  await Promise.race([client.next("pusher:ping"), client.closed.then((closed) => expect(closed).toBeUndefined())]);
});

it("a client's ping is answered", async () => {
  const { port } = await startServer();
  const client = await RawClient.connect(port);
  client.send({ event: "pusher:ping" });
  expect(await client.next("pusher:pong")).toMatchObject({ data: "{}" });
});

it("a presence member whose socket went silent is removed", async () => {
  const { port } = await startServer({ limits: { activityTimeoutMs: 60, pongTimeoutMs: 600 } });
  const [watcher, silent] = await Promise.all([RawClient.connect(port), RawClient.connect(port)]);
  watcher.ws.on("message", (message) => {
    if (message.toString().includes("pusher:ping")) watcher.send({ event: "pusher:pong" });
  });
  await watcher.join("presence-a", JSON.stringify({ user_id: "1" }));
  await silent.join("presence-a", JSON.stringify({ user_id: "2" }));
  expect(await watcher.next("pusher_internal:member_removed")).toMatchObject({ data: '{"user_id":"2"}' });
});
