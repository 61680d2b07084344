import { expect, it } from "vitest";
import { RawClient } from "../../testing/raw-client";
import { startReplicas } from "../../testing/start-replicas";

it("an event that is published while somebody subscribes to a cache channel reaches them once", async () => {
  const [one, two] = await startReplicas(2);
  const wrong: string[][] = [];
  for (let round = 0; round < 200; round++) {
    const channel = `cache-${round}`;
    const client = await RawClient.connect(two.port);
    client.subscribe(channel);
    await Promise.all([
      one.publisher.trigger(channel, "made", { round }),
      client.next("pusher_internal:subscription_succeeded", channel),
    ]);
    await one.publisher.trigger(channel, "last", {});
    await client.next("last", channel);
    const events = client.received.map(({ event }) => event);
    if (events.filter((event) => event === "made").length !== 1) wrong.push(events);
    client.ws.close();
  }
  expect(wrong).toEqual([]);
}, 180_000);
