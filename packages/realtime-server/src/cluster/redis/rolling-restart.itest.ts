import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { RawClient } from "../../testing/raw-client";
import { startReplica, startReplicas, type TestReplica } from "../../testing/start-replicas";

const CLIENTS = 30;
const CHANNEL = "private-numbers";

/** One subscription of one client, from its `subscription_succeeded` to its close. */
type Stay = {
  /** The last number whose publication had begun. */
  startedBefore: number;
  received: number[];
  /** The last number whose publisher had its answer when the replica began to close. */
  answered: number;
  code: number;
};

it("in a rolling restart no client misses an event that is published between its subscription and its close", async () => {
  const prefix = `test:${randomUUID()}:`;
  const serving: TestReplica[] = [...(await startReplicas(3, { prefix }))];
  const answeredAtClose = new Map<TestReplica, number>();
  let started = 0;
  let answered = 0;
  let isOver = false;
  let subscribed = 0;

  async function publish(): Promise<void> {
    while (!isOver) {
      started += 1;
      const replica = serving[started % serving.length];
      await replica?.publisher.trigger(CHANNEL, "n", started);
      answered = started;
    }
  }

  async function listen(index: number): Promise<Stay[]> {
    const stays: Stay[] = [];
    while (!isOver) {
      const replica = serving[index % serving.length] as TestReplica;
      const client = await RawClient.connect(replica.port);
      await client.join(CHANNEL);
      const startedBefore = started;
      subscribed += 1;
      const { code } = await Promise.race([client.closed, client.next("end").then(() => ({ code: 0 }))]);
      subscribed -= 1;
      const received = client.received.filter(({ event }) => event === "n").map(({ data }) => Number(data));
      stays.push({ startedBefore, received, answered: answeredAtClose.get(replica) ?? answered, code });
      client.ws.terminate();
    }
    return stays;
  }

  const publishing = publish();
  const listening = Array.from({ length: CLIENTS }, (_, index) => listen(index));
  for (let round = 0; round < 3; round++) {
    const floor = started + 100;
    await expect.poll(() => started, { timeout: 60_000 }).toBeGreaterThan(floor);
    // A client that still connects to a closing server gets the close alone.
    await expect.poll(() => subscribed, { timeout: 60_000 }).toBe(CLIENTS);
    const leaving = serving.shift() as TestReplica;
    // Publishers go elsewhere first, as a load balancer sees to it by `/health/ready`.
    const next = started + 1;
    await expect.poll(() => answered, { timeout: 60_000 }).toBeGreaterThan(next);
    answeredAtClose.set(leaving, answered);
    await leaving.server.close();
    serving.push(await startReplica({ prefix }));
  }
  const last = started + 50;
  await expect.poll(() => answered, { timeout: 60_000 }).toBeGreaterThan(last);
  await expect.poll(() => subscribed, { timeout: 60_000 }).toBe(CLIENTS);
  isOver = true;
  await publishing;
  await serving[0]?.publisher.trigger(CHANNEL, "end", {});
  const stays = (await Promise.all(listening)).flat();
  expect(stays.filter(({ code }) => code === 4200).length).toBeGreaterThanOrEqual(CLIENTS);
  expect(stays.every(({ code }) => code === 4200 || code === 0)).toBe(true);
  for (const { startedBefore, received, answered: until, code } of stays) {
    const first = received[0] ?? startedBefore + 1;
    expect(first).toBeLessThanOrEqual(startedBefore + 1);
    expect(received).toEqual(Array.from({ length: received.length }, (_, index) => first + index));
    expect(first + received.length - 1).toBeGreaterThanOrEqual(code === 0 ? answered : until);
  }
}, 300_000);
