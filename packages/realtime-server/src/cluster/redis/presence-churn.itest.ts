import { createTestRedis, type TestRedis } from "@mgs/jobs/testing/redis-server";
import { afterEach, beforeEach, expect, it } from "vitest";
import { observedPresence } from "../../testing/observed-presence";
import { RawClient } from "../../testing/raw-client";
import { startReplicas, type TestReplica } from "../../testing/start-replicas";

const ROOM = "presence-room";
const USERS = 8;
let redis: TestRedis;

beforeEach(async () => {
  redis = await createTestRedis();
  await redis.start();
});
afterEach(() => redis.stop());

const member = (id: string) => JSON.stringify({ user_id: id });

/** Numbers that are the same in every run. */
function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

type Users = { users: { id: string }[] };

it("while members come and go and Redis fails, all clients end with the same members and see none twice", async () => {
  const random = createRandom(7);
  const replicas: TestReplica[] = [...(await startReplicas(3, { url: redis.url, timings: { timeoutMs: 1_500 } }))];
  const watchers = await Promise.all(replicas.map(({ port }) => RawClient.connect(port)));
  await Promise.all(watchers.map((client, index) => client.join(ROOM, member(`watcher ${index}`))));
  const open: { client: RawClient; id: string }[] = [];

  async function churn(steps: number): Promise<void> {
    for (let step = 0; step < steps; step++) {
      if (open.length > 0 && random(100) < 45) {
        const [gone] = open.splice(random(open.length), 1);
        gone?.client.ws.terminate();
        continue;
      }
      const id = `user ${random(USERS)}`;
      const client = await RawClient.connect(replicas[random(3)]?.port ?? 0);
      client.subscribe(ROOM, member(id));
      if (random(2) === 0) await client.next("pusher_internal:subscription_succeeded");
      open.push({ client, id });
    }
  }

  async function expectTruth(): Promise<void> {
    const truth = [...new Set([...open.map(({ id }) => id), "watcher 0", "watcher 1", "watcher 2"])].sort();
    for (const { publisher } of replicas) {
      const users = async () => {
        const answer = (await (await publisher.get({ path: `/channels/${ROOM}/users` })).json()) as Users;
        return answer.users.map(({ id }) => id).sort();
      };
      // A client that subscribed and left at once may still join after the first answers are right.
      await expect.poll(users, { timeout: 30_000 }).toEqual(truth);
      const info = async () =>
        (await publisher.get({ path: `/channels/${ROOM}`, params: { info: "subscription_count" } })).json();
      const subscription_count = open.length + watchers.length;
      await expect.poll(info, { timeout: 30_000 }).toEqual({ occupied: true, subscription_count });
    }
    for (const client of [...watchers, ...open.map((entry) => entry.client)]) {
      await expect
        .poll(() => observedPresence(client, ROOM), { timeout: 30_000 })
        .toEqual({ present: truth, wrong: [] });
    }
  }

  await churn(60);
  await expectTruth();
  // Redis loses everything.
  await churn(10);
  await redis.stop();
  await churn(20);
  await redis.start();
  await churn(20);
  await expectTruth();
  // Redis stops answering, and later answers every pending command.
  const frozen = churn(30);
  redis.freeze();
  await frozen;
  redis.thaw();
  await churn(10);
  await expectTruth();
}, 180_000);
