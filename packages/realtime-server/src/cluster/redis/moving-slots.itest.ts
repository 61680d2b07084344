import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import { observedPresence } from "../../testing/observed-presence";
import { RawClient } from "../../testing/raw-client";
import { startRedisCluster } from "../../testing/redis-nodes";
import { startReplicas, type TestReplica } from "../../testing/start-replicas";
import { APP } from "../../testing/start-server";
import { createKeys } from "./keys";

const SOON = { timeout: 40_000 };
/** Long, so that no connection pair fails and no replica counts as dead on a busy machine: the move alone has effects. */
const PATIENT = { replicaTimeoutMs: 60_000 };
const ROOM = "presence-room";
const CHANNELS = ["private-a", "private-b", "private-cache-a", ROOM];
const member = (id: string) => JSON.stringify({ user_id: id });

it("slots that move while all is in use show nothing twice, and all goes on and ends with the truth", async () => {
  const cluster = await startRedisCluster();
  const prefix = `test:${randomUUID()}:`;
  const replicas: TestReplica[] = [...(await startReplicas(3, { url: cluster.url, prefix, timings: PATIENT }))];
  const watchers = await Promise.all(replicas.map(({ port }) => RawClient.connect(port)));
  for (const [index, client] of watchers.entries()) {
    for (const channel of CHANNELS) await client.join(channel, member(`watcher ${index}`));
  }

  let isOver = false;
  const publishing = replicas.map(async ({ publisher }, from) => {
    for (let number = 0; !isOver; number++) await publisher.trigger(CHANNELS, "n", `${from} ${number}`);
  });
  const guests: { id: string; client: RawClient }[] = [];
  const churning = (async () => {
    for (let round = 0; !isOver; round++) {
      const id = `guest ${round % 4}`;
      const client = await RawClient.connect(replicas[round % 3]?.port ?? 0);
      await client.join(ROOM, member(id));
      guests.push({ id, client });
      if (guests.length > 2) guests.shift()?.client.ws.terminate();
    }
  })();

  const { topic } = createKeys(prefix);
  for (let round = 0; round < 2; round++) {
    for (const channel of CHANNELS) {
      await untilTogether(replicas, watchers);
      const slot = await cluster.slotOf(topic(APP.id, channel));
      const to = ((await cluster.ownerOf(slot)) + 1) % 3;
      const before = watchers.map(({ received }) => received.length);
      await cluster.move(slot, to, async () => {
        // All goes on while the slot is open, and longer than Redis may take for an answer.
        const late = await RawClient.connect(replicas[0]?.port ?? 0);
        await late.join(channel, member("late"));
        late.ws.terminate();
        const amid = `amid ${round}`;
        await replicas[0]?.publisher.trigger(channel, amid, {});
        await vi.waitFor(() => {
          for (const { received } of watchers) {
            expect(received.filter((one) => one.event === amid && one.channel === channel)).toHaveLength(1);
          }
        }, SOON);
      });
      for (const [index, client] of watchers.entries()) {
        await vi.waitFor(() => expect(client.received.length).toBeGreaterThan(before[index] ?? 0), SOON);
      }
    }
  }
  isOver = true;
  await Promise.all([...publishing, churning]);

  await untilTogether(replicas, watchers);
  for (const client of watchers) {
    const seen = client.received.flatMap(({ event, channel, data }) => (event === "n" ? [`${channel} ${data}`] : []));
    expect(seen.length).toBeGreaterThan(0);
    expect(new Set(seen).size).toBe(seen.length);
  }
  const truth = [...new Set(["watcher 0", "watcher 1", "watcher 2", ...guests.map(({ id }) => id)])].sort();
  for (const replica of replicas) await expect.poll(() => users(replica), SOON).toEqual(truth);
  for (const client of [...watchers, ...guests.map((guest) => guest.client)]) {
    await expect.poll(() => observedPresence(client, ROOM), SOON).toEqual({ present: truth, wrong: [] });
  }
  expect(replicas.flatMap(({ warnings }) => warnings)).toEqual([]);
}, 180_000);

async function users({ publisher }: TestReplica): Promise<string[]> {
  const response = await publisher.get({ path: `/channels/${ROOM}/users` });
  return ((await response.json()) as { users: { id: string }[] }).users.map(({ id }) => id).sort();
}

/** Waits until what each replica publishes on each channel is received on all. */
async function untilTogether(replicas: readonly TestReplica[], clients: readonly RawClient[]): Promise<void> {
  for (const { publisher } of replicas) {
    for (const channel of CHANNELS) {
      await vi.waitFor(async () => {
        const probe = `probe ${randomUUID()}`;
        await publisher.trigger(channel, probe, {});
        await vi.waitFor(() => {
          for (const { received } of clients) {
            expect(received.filter(({ event }) => event === probe)).toHaveLength(1);
          }
        });
      }, SOON);
    }
  }
}
