import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import { RawClient } from "../../testing/raw-client";
import { startProcess } from "../../testing/server-process";
import { APP, createPublisher } from "../../testing/start-server";

const SOON = { timeout: 30_000 };
const member = (id: string) => JSON.stringify({ user_id: id });

/** What a client was told last of the subscriptions of `private-counted`. */
function lastCount({ received }: RawClient): number | undefined {
  const last = received.findLast(({ event }) => event === "pusher_internal:subscription_count");
  return last && (JSON.parse(String(last.data)) as { subscription_count: number }).subscription_count;
}

it("the members of a killed process are removed within 30 s, and no others", async () => {
  const REALTIME_REDIS_URL = process.env.MGS_TEST_REDIS_URL ?? "";
  const env = {
    PUSHER_APP_ID: APP.id,
    PUSHER_APP_KEY: APP.key,
    PUSHER_APP_SECRET: APP.secret,
    REALTIME_PORT: "0",
    REALTIME_REDIS_URL,
    REALTIME_REDIS_PREFIX: `test:${randomUUID()}:`,
  };
  const processes = [startProcess(env), startProcess(env), startProcess(env)];
  const ports = await Promise.all(processes.map((server) => server.port()));
  const clients = await Promise.all(ports.map((port) => RawClient.connect(port)));
  for (const [index, client] of clients.entries()) await client.join("presence-room", member(`user ${index}`));
  const [watcher, both, lost] = clients as [RawClient, RawClient, RawClient];
  for (const client of clients) await client.join("private-counted");
  await vi.waitFor(() => expect(lastCount(watcher)).toBe(3), SOON);
  const second = await RawClient.connect(ports[2] ?? 0);
  await second.join("presence-room", member("user 1"));
  processes[2]?.child.kill("SIGKILL");
  const killedAt = performance.now();

  for (const client of [watcher, both]) {
    expect((await client.next("pusher_internal:member_removed")).data).toBe(JSON.stringify({ user_id: "user 2" }));
  }
  expect(performance.now() - killedAt).toBeLessThan(30_000);
  for (const client of [watcher, both]) await vi.waitFor(() => expect(lastCount(client)).toBe(2), SOON);
  expect((await lost.closed).code).toBe(1006);
  for (const port of ports.slice(0, 2)) {
    const publisher = createPublisher(APP, port);
    const users = await publisher.get({ path: "/channels/presence-room/users" });
    expect(((await users.json()) as { users: { id: string }[] }).users.map(({ id }) => id).sort()).toEqual([
      "user 0",
      "user 1",
    ]);
    const channels = await publisher.get({ path: "/channels", params: { info: "subscription_count" } });
    expect(await channels.json()).toEqual({
      channels: { "presence-room": { subscription_count: 2 }, "private-counted": { subscription_count: 2 } },
    });
    await publisher.trigger("presence-room", `from ${port}`, {});
    await Promise.all([watcher, both].map((client) => client.next(`from ${port}`)));
  }
  expect(watcher.received.filter(({ event }) => event === "pusher_internal:member_removed")).toHaveLength(1);
}, 180_000);
