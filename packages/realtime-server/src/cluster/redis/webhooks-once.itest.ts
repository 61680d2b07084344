import { expect, it, vi } from "vitest";
import { RawClient } from "../../testing/raw-client";
import { startReplicas } from "../../testing/start-replicas";

const SOON = { timeout: 20_000 };

const member = (id: string) => JSON.stringify({ user_id: id, user_info: { name: `name of ${id}` } });

it("webhooks of each change are sent once in the cluster, and none of an end that was cancelled", async () => {
  const replicas = await startReplicas(3, { timings: { webhookDelayMs: 5_000 } });
  const [one, two, three] = replicas;
  const all = () => replicas.flatMap(({ raised }) => raised).filter(({ name }) => name !== "subscription_count");
  const named = (name: string) => all().filter((event) => event.name === name);
  const clients = await Promise.all([one, two, three].map(({ port }) => RawClient.connect(port)));
  await Promise.all(clients.map((client) => client.join("presence-a", member("u"))));
  await vi.waitFor(() => expect(named("channel_occupied")).toHaveLength(1), SOON);
  expect(named("member_added")).toEqual([{ name: "member_added", channel: "presence-a", user_id: "u" }]);
  // A page that is loaded anew, on another replica: nothing is told.
  for (const client of clients) client.ws.terminate();
  await Promise.all(clients.map((client) => client.closed));
  const again = await RawClient.connect(three.port);
  await again.join("presence-a", member("u"));
  const other = await RawClient.connect(one.port);
  await other.join("private-b");
  await vi.waitFor(() => expect(named("channel_occupied")).toHaveLength(2), SOON);
  other.ws.terminate();
  await vi.waitFor(
    () => expect(named("channel_vacated")).toEqual([{ name: "channel_vacated", channel: "private-b" }]),
    SOON,
  );
  again.ws.terminate();
  await vi.waitFor(() => expect(named("channel_vacated")).toHaveLength(2), SOON);
  await vi.waitFor(() => expect(named("member_removed")).toHaveLength(1), SOON);
  expect(
    named("channel_occupied")
      .map(({ channel }) => channel)
      .sort(),
  ).toEqual(["presence-a", "private-b"]);
  expect(named("member_added")).toHaveLength(1);
});

it("a cache miss is sent once in the cluster", async () => {
  const replicas = await startReplicas(3);
  const clients = await Promise.all(replicas.map(({ port }) => RawClient.connect(port)));
  for (const channel of ["cache-a", "cache-b"]) {
    await Promise.all(clients.map((client) => client.join(channel)));
    await vi.waitFor(
      () => expect(replicas.flatMap(({ raised }) => raised)).toContainEqual({ name: "cache_miss", channel }),
      SOON,
    );
  }
  const told = replicas.flatMap(({ raised }) => raised).filter((event) => event.name === "cache_miss");
  expect(told.map(({ channel }) => channel).sort()).toEqual(["cache-a", "cache-b"]);
});
