import { randomUUID } from "node:crypto";
import { expect, it, vi } from "vitest";
import { RawClient } from "../../testing/raw-client";
import { createRedisRelay } from "../../testing/redis-relay";
import { startReplica } from "../../testing/start-replicas";
import { SCHEDULE_WEBHOOKS } from "./scripts/delayed-webhooks";

const SOON = { timeout: 40_000 };
/** The dead are found in the time of a test; a busy machine is not dead so soon. */
const timings = { replicaTimeoutMs: 5_000 };
const member = (id: string) => JSON.stringify({ user_id: id });

it.each([
  { channel: "private-a", end: { name: "channel_vacated", channel: "private-a" }, witnessed: "private-b" },
  {
    channel: "presence-a",
    end: { name: "member_removed", channel: "presence-a", user_id: "u" },
    witnessed: "presence-a",
  },
])(
  "$end.name is sent once, although the replica died before it scheduled the webhook",
  async (row) => {
    const { channel, end, witnessed } = row;
    const url = process.env.MGS_TEST_REDIS_URL ?? "";
    const prefix = `test:${randomUUID()}:`;
    let hasDied = false;
    const relay = await createRedisRelay(url, (command, { cut }) => {
      if (!command.some((part) => part.toString() === SCHEDULE_WEBHOOKS.digest)) return;
      hasDied = true;
      cut();
    });
    const dying = await startReplica({ url: relay.url, prefix, timings });
    const living = await startReplica({ url, prefix, timings });
    const witness = await RawClient.connect(living.port);
    await witness.join(witnessed, member("witness"));
    const client = await RawClient.connect(dying.port);
    await client.join(channel, member("u"));
    await vi.waitFor(async () => {
      const response = await living.publisher.get({ path: `/channels/${channel}` });
      expect(await response.json()).toMatchObject({ occupied: true });
    }, SOON);
    client.ws.terminate();
    await vi.waitFor(() => expect(hasDied).toBe(true), SOON);
    await vi.waitFor(() => expect(living.raised).toContainEqual(end), SOON);
    // Another end, held later, is told later.
    const other = await RawClient.connect(living.port);
    await other.join("private-last");
    const told = (name: string) =>
      vi.waitFor(() => expect(living.raised).toContainEqual({ name, channel: "private-last" }), SOON);
    await told("channel_occupied");
    other.ws.terminate();
    await told("channel_vacated");
    expect(living.raised.filter(({ name, channel: of }) => name === end.name && of === channel)).toEqual([end]);
  },
  180_000,
);
