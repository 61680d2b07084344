import { expect, it } from "vitest";
import { RawClient } from "./testing/raw-client";
import { startServer } from "./testing/start-server";

it("a stopping server closes with 4200 and no longer accepts", async () => {
  const { server, port } = await startServer();
  const client = await RawClient.connect(port);
  await server.close();
  expect((await client.closed).code).toBe(4200);
  expect((await client.next("pusher:error")).data).toMatchObject({ code: 4200 });
  await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow();
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
  const { server, port, publisher } = await startServer({ limits: { drainDelayMs: 300 } });
  const client = await RawClient.connect(port);
  await client.join("a");
  const closing = server.close();
  const ready = await fetch(`http://127.0.0.1:${port}/health/ready`);
  expect(ready.status).toBe(503);
  expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
  await publisher.trigger("a", "created", {});
  await client.next("created");
  await closing;
  expect((await client.closed).code).toBe(4200);
});

it("a busy port is an error of listen", async () => {
  const [first, second] = await Promise.all([startServer(), startServer()]);
  await second.server.close();
  await expect(second.server.listen(first.port)).rejects.toMatchObject({ code: "EADDRINUSE" });
});
