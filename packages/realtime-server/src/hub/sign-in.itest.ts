import { expect, it } from "vitest";
import { RawClient } from "../testing/raw-client";
import { startReplicas } from "../testing/start-replicas";

/** How long a test waits for what comes through Redis. */
const POLLING = { timeout: 20_000 };

const user = (id: string, watchlist: readonly string[] = []): string => JSON.stringify({ id, watchlist });

async function signIn(client: RawClient, id: string, watchlist?: readonly string[]): Promise<void> {
  client.signin(user(id, watchlist));
  await client.next("pusher:signin_success");
}

/** The watchlist events a client has got of one user. */
function watched(client: RawClient, id: string): string[] {
  return client.received
    .filter((message) => message.event === "pusher_internal:watchlist_events")
    .flatMap((message) => {
      const { events }: { events: { name: string; user_ids: string[] }[] } = JSON.parse(String(message.data));
      return events.filter(({ user_ids }) => user_ids.includes(id)).map(({ name }) => name);
    });
}

it("a second sign-in of a user's only socket notifies no watcher on any replica", async () => {
  const [one, two] = await startReplicas(2);
  const watchers = [await RawClient.connect(one.port), await RawClient.connect(two.port)];
  for (const watcher of watchers) await signIn(watcher, "w", ["u"]);
  const client = await RawClient.connect(one.port);
  await signIn(client, "u", ["w"]);
  for (const watcher of watchers) await expect.poll(() => watched(watcher, "u"), POLLING).toContain("online");
  await signIn(client, "u", ["w"]);
  await signIn(client, "u", []);
  await Promise.all([one.cluster.waitForDelivery(), two.cluster.waitForDelivery()]);
  for (const watcher of watchers) {
    await watcher.settled();
    expect(watched(watcher, "u")).toEqual(["offline", "online"]);
  }
  expect(watched(client, "w")).toEqual(["online"]);
});

it("each watcher is notified once of a user who comes online while the watcher signs in", async () => {
  const [one, two] = await startReplicas(2);
  const ids = Array.from({ length: 40 }, (_, index) => `u${index}`);
  const pairs = await Promise.all(
    ids.map(async (id) => ({
      id,
      watcher: await RawClient.connect(one.port),
      client: await RawClient.connect(two.port),
    })),
  );
  await Promise.all(pairs.flatMap(({ id, watcher, client }) => [signIn(watcher, `w-${id}`, [id]), signIn(client, id)]));
  for (const { id, watcher } of pairs) await expect.poll(() => watched(watcher, id), POLLING).toContain("online");
  await one.cluster.waitForDelivery();
  for (const { id, watcher } of pairs) {
    await watcher.settled();
    const told = watched(watcher, id);
    expect(told.length === 1 ? ["offline", ...told] : told, id).toEqual(["offline", "online"]);
  }
});
