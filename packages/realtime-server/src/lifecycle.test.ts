import { expect, it, vi } from "vitest";
import { createLocalCluster } from "./cluster/local-cluster";
import { eventFrame } from "./protocol/frames";
import { FallbackClient } from "./testing/fallback-client";
import { pausedAfterDrainDelay } from "./testing/paused-cluster";
import { RawClient } from "./testing/raw-client";
import { Opcode, RawSocket } from "./testing/raw-socket";
import { APP, startServer } from "./testing/start-server";

it("a stopping server closes with 4200 and no longer accepts", async () => {
  const { server, port } = await startServer();
  const client = await RawClient.connect(port);
  await server.close();
  expect((await client.closed).code).toBe(4200);
  expect((await client.next("pusher:error")).data).toMatchObject({ code: 4200 });
  await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
});

it("a client whose upgrade was on its way is sent away as well", async () => {
  const { server, port } = await startServer({ limits: { closeGraceMs: 5_000 } });
  const first = await RawClient.connect(port);
  const late = new RawSocket(port);
  late.write(`GET /app/${APP.key}?protocol=7 HTTP/1.1\r\nHost: x\r\n`);
  // Answered after the bytes above have come: the two share the server's one thread, and this connection is younger.
  await (await fetch(`http://127.0.0.1:${port}/health/live`)).text();
  first.ws.pause();
  const closing = server.close();
  await new Promise<void>((resolve) => void setImmediate(resolve));
  await vi.waitFor(() => expect(server.statistics().messagesOut).toBeGreaterThan(1), 15_000);
  late.write(
    "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" +
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
  );
  // Once as an error, once in the close frame.
  await late.until("Server is restarting", 2);
  expect(late.closeCode).toBe(4200);
  late.send({ opcode: Opcode.close, payload: Buffer.from([0x10, 0x68]) });
  first.ws.resume();
  await closing;
});

it("it stops although a client never acknowledges", async () => {
  const { server, port } = await startServer({ limits: { closeGraceMs: 50 } });
  const client = await RawClient.connect(port);
  client.ws.pause();
  await server.close();
  client.ws.resume();
  expect((await client.closed).code).toBe(4200);
});

it("it is not ready from the first moment, and serves until its delay is over", async () => {
  const { cluster, delayIsOver, goOn } = pausedAfterDrainDelay();
  const { server, port, publisher } = await startServer({ limits: { drainDelayMs: 300 }, options: { cluster } });
  const client = await RawClient.connect(port);
  await client.join("a");
  const startedAt = performance.now();
  const closing = server.close();
  const ready = await fetch(`http://127.0.0.1:${port}/health/ready`);
  expect(ready.status).toBe(503);
  expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
  await publisher.trigger("a", "created", {});
  await client.next("created");
  // Timers are allowed a millisecond.
  expect((await delayIsOver) - startedAt).toBeGreaterThanOrEqual(299);
  goOn();
  await closing;
  expect((await client.closed).code).toBe(4200);
});

it("events on their way to it reach clients before these are closed, those of the fallback too", async () => {
  const local = createLocalCluster();
  const frame = eventFrame({ event: "late", channel: "a", data: "" });
  const cluster = { ...local, waitForDelivery: () => local.publish(APP.id, "a", { kind: "event", frame }) };
  const { server, port } = await startServer({ options: { cluster } });
  const [client, fallback] = [await RawClient.connect(port), new FallbackClient(port)];
  const stream = await fallback.stream();
  await fallback.send({ event: "pusher:subscribe", data: { channel: "a" } });
  await client.join("a");
  await server.close();
  await client.next("late");
  expect(await stream.ended).toContain("late");
});

it("a busy port is an error of listen", async () => {
  const [first, second] = await Promise.all([startServer(), startServer()]);
  await second.server.close();
  await expect(second.server.listen(first.port)).rejects.toMatchObject({ code: "EADDRINUSE" });
});
