import { expect, it } from "vitest";
import { RawClient } from "../testing/raw-client";
import { startServer } from "../testing/start-server";

it("a client that does not read is closed with 4100 and delays no other", async () => {
  const { server, port, publisher } = await startServer({ limits: { maxUnsentBytes: 256 * 1024 } });
  const [slow, quick] = await Promise.all([RawClient.connect(port), RawClient.connect(port)]);
  await Promise.all([slow.join("a"), quick.join("a")]);
  slow.ws.pause();
  const batch = Array.from({ length: 10 }, () => ({ channel: "a", name: "big", data: "x".repeat(10_000) }));
  // The kernel takes some megabytes for a client that takes none.
  let rounds = 0;
  for (; server.statistics().slowClientsClosed === 0; rounds++) await publisher.triggerBatch(structuredClone(batch));
  // It has five seconds to hear of its close; afterwards it would be cut off.
  slow.ws.resume();
  expect((await slow.closed).code).toBe(4100);
  for (let count = 0; count < rounds * batch.length; count++) await quick.next("big");
}, 60_000);

it("a burst larger than the limit does not close a client that reads", async () => {
  const { port, publisher } = await startServer({ limits: { maxUnsentBytes: 32 * 1024 } });
  const client = await RawClient.connect(port);
  await client.join("a");
  const batch = Array.from({ length: 10 }, () => ({ channel: "a", name: "big", data: "x".repeat(10_000) }));
  await publisher.triggerBatch(batch);
  for (let count = 0; count < 10; count++) await client.next("big");
  await client.settled();
});
