import { uuidv7 } from "@mgs/core/ids";
import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { authorizeChannel } from "@mgs/realtime/authorize-channel";
import { checkEvent } from "@mgs/realtime/testing/check-event";
import { beforeEach, describe, expect, it } from "vitest";
import { messageChannels } from "../channels";
import { messageAsyncApi } from "../channels.asyncapi";
import type { PersonPresence } from "../contract/presence";
import { NOON, useMessagingStage } from "../testing/use-messaging-stage";
import { listPresences } from "./list-presences";
import { chooseOwnPresence, getOwnPresence, noteUse } from "./own-presence";
import { findQuietUntil } from "./presence.repository";
import { sweepPresence } from "./sweep-presence";

const stage = useMessagingStage();
const MINUTE_MS = 60_000;
const after = (ms: number) => new Date(NOON.getTime() + ms).toISOString();

let there: number[] | null = [];
let devices: string[] = [];
let told: PersonPresence[] = [];
beforeEach(() => {
  there = [];
  devices = [];
  told = [];
});
const publisher = {
  read: async (path: string, params: Readonly<Record<string, string>> = {}) => {
    if (there === null) throw new Error("away");
    if (path === "/channels/presence-online-users/users") return { users: there.map((id) => ({ id: String(id) })) };
    expect([path, params]).toEqual(["/channels", { filter_by_prefix: "private-session." }]);
    return { channels: Object.fromEntries(devices.map((id) => [`private-session.${id}`, {}])) };
  },
  triggerAll: async (events: readonly { channel: string; event: string; data: object }[]) => {
    expect(events.length).toBeLessThanOrEqual(10);
    for (const { channel, event, data } of events) {
      checkEvent(messageAsyncApi, channel, event, data);
      told.push(data as PersonPresence);
    }
  },
};
const sweep = () => sweepPresence({ database: stage.database, publisher }, stage.deps().clock.now());
const news = () => told.splice(0).map(({ user_id, status, last_seen_at }) => [user_id, status, last_seen_at]);

describe("who is there", () => {
  it("is told once on each person's channel: when they come, are away, come back and leave", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    there = [hery.userId, aina.userId];
    await sweep();
    await sweep();
    expect(news().sort()).toEqual([
      [hery.userId, "online", null],
      [aina.userId, "online", null],
    ]);
    stage.pass(4 * MINUTE_MS);
    await noteUse(stage.deps(), hery);
    stage.pass(MINUTE_MS + 1);
    await sweep();
    expect(news()).toEqual([[aina.userId, "away", null]]);
    await noteUse(stage.deps(), aina);
    there = [aina.userId];
    await sweep();
    const left = after(5 * MINUTE_MS + 1);
    expect(news().sort()).toEqual([
      [hery.userId, "offline", left],
      [aina.userId, "online", null],
    ]);
    const seen = await listPresences(stage.deps(), aina, {
      ids: `${hery.userId},${aina.userId},${stage.admin.userId}`,
    });
    expect(seen).toEqual(
      [
        { user_id: stage.admin.userId, status: "offline", last_seen_at: null },
        { user_id: hery.userId, status: "offline", last_seen_at: left },
        { user_id: aina.userId, status: "online", last_seen_at: null },
      ].sort((a, b) => a.user_id - b.user_id),
    );
  });

  it("is told in bundles that hosted servers take, by one worker at a time, and not while nobody knows it", async () => {
    const people = await Promise.all(
      Array.from({ length: 25 }, (_, index) => stage.add(`Personne ${index}`, `p${index}@mgs.mg`)),
    );
    there = people.map(({ userId }) => userId);
    const counts = await Promise.all([sweep(), sweep(), sweep()]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(25);
    expect(new Set(news().map(([id]) => id)).size).toBe(25);
    there = null;
    expect(await sweep()).toBe(0);
    expect(await stage.database.presence.count({ where: { connected: true } })).toBe(25);
  });

  it("is known by the devices too: the channel of those online has room for a hundred on most servers", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    const { id } = await stage.database.userSession.create({
      data: {
        ...{ id: uuidv7(), userId: hery.userId, oidcSessionUid: "sweep", expiresAt: new Date("2099-01-01") },
      },
    });
    devices = [id, uuidv7(), "x"];
    expect(await sweep()).toBe(1);
    expect(news()).toEqual([[hery.userId, "online", null]]);
    devices = [];
    await sweep();
    expect(news()).toEqual([[hery.userId, "offline", NOON.toISOString()]]);
  });

  it("does not show by the last time that somebody was there that they were so unseen", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    there = [hery.userId];
    await sweep();
    stage.pass(MINUTE_MS);
    await chooseOwnPresence(stage.deps(), hery, { status: "invisible" });
    stage.pass(60 * MINUTE_MS);
    await sweep();
    there = [];
    await sweep();
    const [seen] = await listPresences(stage.deps(), aina, { ids: String(hery.userId) });
    expect(seen?.last_seen_at).toBe(after(MINUTE_MS));
  });

  it("hears nothing of who is invisible, who is no member of those online either", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    const join = () =>
      refusal(
        authorizeChannel(messageChannels(stage.deps()), { database: stage.database }, hery, "presence-online-users"),
      );
    there = [hery.userId];
    await sweep();
    expect([await join(), news()]).toEqual(["done", [[hery.userId, "online", null]]]);
    stage.pass(MINUTE_MS);
    await chooseOwnPresence(stage.deps(), hery, { status: "invisible" });
    const rows = await stage.database.outbox.findMany({ orderBy: { id: "asc" } });
    expect(rows.map(({ kind }) => kind).sort()).toEqual([
      ...["presence.changed", "presence.own-changed", "sockets.rights-reduced"],
    ]);
    const event = rows.find(({ kind }) => kind === "presence.changed")?.payload;
    expect(event).toEqual({ user_id: hery.userId, status: "offline", last_seen_at: after(MINUTE_MS) });
    expect(await join()).toBe("FORBIDDEN");
    stage.pass(10 * MINUTE_MS);
    there = [];
    await sweep();
    expect(news()).toEqual([]);
    const [seen] = await listPresences(stage.deps(), aina, { ids: String(hery.userId) });
    expect(seen?.status).toBe("offline");
  });

  it("can ask not to be disturbed for a time, which ends by itself, and whose mails follow", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    there = [hery.userId];
    await sweep();
    news();
    const until = after(60 * MINUTE_MS);
    expect(await chooseOwnPresence(stage.deps(), hery, { status: "dnd", until })).toEqual({
      ...{ status: "dnd", until, shows_reads: true },
    });
    expect((await findQuietUntil(stage.database, hery.userId, NOON))?.toISOString()).toBe(until);
    await sweep();
    expect(news()).toEqual([]);
    expect(stage.quietOver).toEqual([]);
    stage.pass(61 * MINUTE_MS);
    await noteUse(stage.deps(), hery);
    await sweep();
    expect(news()).toEqual([[hery.userId, "online", null]]);
    expect(await findQuietUntil(stage.database, hery.userId, stage.deps().clock.now())).toBeNull();
    expect((await getOwnPresence(stage.deps(), hery)).status).toBe("online");
    await chooseOwnPresence(stage.deps(), hery, { status: "dnd", until: after(90 * MINUTE_MS) });
    await chooseOwnPresence(stage.deps(), hery, { status: "online" });
    expect(stage.quietOver).toEqual([hery.userId]);
  });

  it("is chosen within what can be meant", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    const inputs = [
      ...[
        { status: "dnd" },
        { status: "dnd", until: after(-1) },
        { status: "dnd", until: after(8 * 24 * 60 * MINUTE_MS) },
      ],
      ...[{ status: "busy" }, { shows_reads: "no" }, { until: "demain", status: "away" }, { x: 1 }, null],
    ];
    for (const input of inputs)
      expect([input, await refusal(chooseOwnPresence(stage.deps(), hery, input))]).toEqual([input, "VALIDATION_ERROR"]);
    const ids = ["", "x", "0", "1,,2", Array.from({ length: 101 }, (_, index) => index + 1).join(",")];
    for (const value of ids)
      expect([value, await refusal(listPresences(stage.deps(), hery, { ids: value }))]).toEqual([
        value,
        "VALIDATION_ERROR",
      ]);
    expect(await stage.database.presence.count()).toBe(0);
  });
});
