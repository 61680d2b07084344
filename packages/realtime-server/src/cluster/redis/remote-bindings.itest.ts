import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { postBindings } from "../../testing/publish";
import { RawClient } from "../../testing/raw-client";
import { createRedisRelay } from "../../testing/redis-relay";
import { startReplica, startReplicas, type TestReplica } from "../../testing/start-replicas";

const bind = ({ publisher }: TestReplica, socketId: string, userIds: readonly string[]) =>
  postBindings(publisher, socketId, { user_ids: userIds, expires_at: Date.now() / 1_000 + 3_600 });

it("a socket is bound and closed by whichever replica is asked", async () => {
  const [one, two, three] = await startReplicas(3);
  const [bound, other] = [await RawClient.connect(two.port), await RawClient.connect(two.port)];
  await Promise.all([bound.join("private-a"), other.join("private-a")]);
  expect(await bind(one, bound.socketId, ["session-1"])).toEqual({ bound: true });
  expect(await bind(one, other.socketId, ["session-2"])).toEqual({ bound: true });
  await three.publisher.terminateUserConnections("session-1");
  expect((await bound.closed).code).toBe(4009);
  await three.publisher.trigger("private-a", "still", {});
  await other.next("still");
});

it("the sockets of a person on every replica authorize again", async () => {
  const [one, two, three] = await startReplicas(3);
  const sockets = [await RawClient.connect(one.port), await RawClient.connect(two.port)];
  for (const { socketId } of sockets) await bind(three, socketId, ["person-1"]);
  await three.publisher.post({ path: "/users/person-1/reauthorize_connections", body: {} as unknown as string });
  for (const socket of sockets) expect((await socket.closed).code).toBe(4200);
});

it("an order right after the answer finds the socket", async () => {
  const [one, two] = await startReplicas(2);
  for (let round = 0; round < 20; round++) {
    const client = await RawClient.connect(two.port);
    await bind(one, client.socketId, [`session-${round}`]);
    await one.publisher.terminateUserConnections(`session-${round}`);
    expect((await client.closed).code).toBe(4009);
  }
});

it("a socket that does not exist is distinguished from one of a replica that does not answer", async () => {
  const prefix = `test:${randomUUID()}:`;
  // The one that is cut off counts as alive for as long as the test takes.
  const timings = { timeoutMs: 2_000, replicaTimeoutMs: 600_000 };
  const relay = await createRedisRelay(process.env.MGS_TEST_REDIS_URL ?? "", () => undefined);
  const one = await startReplica({ prefix, timings });
  const cutOff = await startReplica({ prefix, timings, url: relay.url });
  for (const replica of [one, cutOff]) expect(await bind(replica, "1.1", ["session-1"])).toEqual({ bound: false });
  const client = await RawClient.connect(cutOff.port);
  relay.cut();
  await expect.poll(() => cutOff.warnings.length, { timeout: 60_000 }).toBeGreaterThan(0);
  for (const replica of [one, cutOff]) {
    await expect(bind(replica, "1.1", ["session-1"])).rejects.toMatchObject({ status: 503 });
  }
  await expect(bind(one, client.socketId, ["session-1"])).rejects.toMatchObject({ status: 503 });
  expect(await bind(cutOff, client.socketId, ["session-1"])).toEqual({ bound: true });
});
