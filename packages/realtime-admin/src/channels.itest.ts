import { uuidv7 } from "@mgs/core/ids";
import { sessionChannel, userChannel } from "@mgs/realtime/names";
import { describe, expect, it } from "vitest";
import { findChannelOwners } from "./channel-owners";
import { readStatistics } from "./read-statistics";
import { searchChannels } from "./search-channels";
import { showChannel } from "./show-channel";
import { ADMIN, deps, open, publisher, useStage } from "./testing/stage";

useStage();

describe("an administrator sees", () => {
  it("statistics of each process of our server", async () => {
    await open(1, ["news"]);
    const statistics = await readStatistics(deps(), ADMIN);
    expect(statistics).toMatchObject({
      app_id: "mgs",
      replicas: [{ pid: process.pid, connections: 1, channels: 2, users: 1, memory_rss: expect.any(Number) }],
    });
    const before = statistics?.replicas[0]?.delivered ?? 0;
    await publisher.trigger("news", "created", {});
    expect((await readStatistics(deps(), ADMIN))?.replicas[0]?.delivered).toBe(before + 1);
  });

  it("channels by prefix, the busiest first, with people where they are counted", async () => {
    await open(1, ["presence-online-users", "news"]);
    await open(2, ["presence-online-users"]);
    await open(2, ["presence-online-users", "news-2"]);
    const all = await searchChannels(deps(), ADMIN, {});
    expect(all.total).toBe(6);
    expect(all.channels[0]).toEqual({ name: "presence-online-users", kind: "presence", subscriptions: 3, users: 2 });
    expect((await searchChannels(deps(), ADMIN, { prefix: "news" })).channels).toEqual([
      { name: "news", kind: "public", subscriptions: 1, users: null },
      { name: "news-2", kind: "public", subscriptions: 1, users: null },
    ]);
    expect(await searchChannels(deps(), ADMIN, { prefix: "p", limit: 1 })).toMatchObject({
      channels: [{ users: 2 }],
      total: 4,
    });
    expect(await searchChannels(deps(), ADMIN, { prefix: "nothing" })).toEqual({ channels: [], total: 0 });
    await expect(searchChannels(deps(), ADMIN, { prefix: "a b" })).rejects.toMatchObject({
      details: [{ path: "prefix", message: "INVALID_CHANNEL" }],
    });
  });

  it("the members of a presence channel, by name, unknown ids last", async () => {
    await open(1, ["presence-online-users"]);
    await open(2, ["presence-online-users"]);
    await open(99, ["presence-online-users"], uuidv7());
    expect(await showChannel(deps(), ADMIN, { channel: "presence-online-users" })).toEqual({
      name: "presence-online-users",
      kind: "presence",
      occupied: true,
      subscriptions: 3,
      users: 3,
      members: [
        { id: "2", name: "Hery" },
        { id: "1", name: "Voahangy" },
        { id: "99", name: null },
      ],
      memberCount: 3,
      owner: null,
    });
  });

  it("the owner of a channel", async () => {
    const { id } = await open(2);
    const owner = { id: 2, name: "Hery" };
    expect(await showChannel(deps(), ADMIN, { channel: sessionChannel(id) })).toMatchObject({
      owner,
      subscriptions: 1,
    });
    expect(await showChannel(deps(), ADMIN, { channel: userChannel(2) })).toMatchObject({
      owner,
      occupied: false,
      members: null,
    });
    for (const channel of [userChannel(77), "private-user.x", sessionChannel("x"), sessionChannel(uuidv7()), "news"]) {
      expect(await showChannel(deps(), ADMIN, { channel })).toMatchObject({ owner: null });
    }
    const owned = [userChannel(1), `private-user.2`, sessionChannel(id.toUpperCase())];
    const owners = await findChannelOwners(deps(), ADMIN, { channels: [...owned, "news", userChannel(77)] });
    expect(owned.map((channel) => owners.get(channel)?.name)).toEqual(["Voahangy", "Hery", "Hery"]);
    expect(owners.size).toBe(3);
  });
});
