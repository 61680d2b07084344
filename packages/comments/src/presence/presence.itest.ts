import { refusal } from "@mgs/identity/testing/use-staff-stage";
import { EVENTS } from "@mgs/realtime/names";
import { checkEvent } from "@mgs/realtime/testing/check-event";
import { beforeEach, describe, expect, it } from "vitest";
import { commentAsyncApi } from "../channels.asyncapi";
import { NOON, useCommentStage } from "../testing/use-comment-stage";
import { expirePresence } from "./expire-presence";
import { givePresenceSign, leavePresence, listPresence } from "./presence";

const stage = useCommentStage();
const { subject } = stage;
const docs = commentAsyncApi([subject]);
type Told = { channel: string; event: string; user: number; except: string | undefined };
let told: Told[] = [];
let sockets: unknown = null;
let invisible: number[] = [];
beforeEach(() => {
  told = [];
  sockets = { users: [] };
  invisible = [];
});
const deps = () => ({
  ...stage.deps(),
  publisher: {
    trigger: async (channel: string, event: string, data: object | string, except?: string) => {
      checkEvent(docs, channel, event, data);
      told.push({ channel, event, user: (data as { user_id: number }).user_id, except });
    },
    read: async () => sockets,
  },
  isInvisible: async (_: unknown, userId: number) => invisible.includes(userId),
});
const sign = (actor: typeof stage.admin, tab = "", typing = false) =>
  givePresenceSign(deps(), actor, subject, "1", { input: { tab }, socketId: undefined }, { typing });
const leave = (actor: typeof stage.admin, tab = "") =>
  leavePresence(deps(), actor, subject, "1", { input: { tab }, socketId: undefined });
const names = async (actor: typeof stage.admin) =>
  (await listPresence(deps(), actor, subject, "1")).map(({ name }) => name);
const events = () => told.map(({ event, user }) => [event, user]);

describe("presence without a socket", () => {
  it("leaves no sign of who is invisible, who sees the others", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    stage.open("1", hery, aina);
    await sign(aina);
    invisible = [hery.userId];
    expect((await sign(hery, "", true)).map(({ name }) => name)).toEqual(["Aina"]);
    expect(await names(aina)).toEqual(["Aina"]);
    expect(events()).toEqual([[EVENTS.userOnline, aina.userId]]);
    expect(await stage.database.presenceSign.count()).toBe(1);
  });

  it("makes three tabs one person, who leaves with the last of them", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina Zo", "a@mgs.mg")];
    stage.open("1", hery, aina);
    for (const tab of ["a", "b", "c"]) await sign(hery, tab);
    await sign(aina);
    expect(await names(hery)).toEqual(["Aina Zo", "Hery"]);
    expect(events()).toEqual([
      [EVENTS.userOnline, hery.userId],
      [EVENTS.userOnline, aina.userId],
    ]);
    expect(told[0]?.channel).toBe("presence-sport-session.1");
    await leave(hery, "a");
    await leave(hery, "b");
    expect(told.length).toBe(2);
    const left = await leave(hery, "c");
    expect(left).toEqual([
      {
        id: aina.userId,
        name: "Aina Zo",
        firstname: "Aina",
        lastname: "Zo",
        avatar: null,
        typing: false,
        by: ["http"],
      },
    ]);
    await leave(hery, "c");
    expect(events().slice(2)).toEqual([[EVENTS.userOffline, hery.userId]]);
  });

  it("tells of typing, which fades after three seconds", async () => {
    const hery = await stage.add("Hery", "h@mgs.mg");
    stage.open("1", hery);
    await sign(hery, "", true);
    const typing = async () => (await listPresence(deps(), hery, subject, "1")).map((one) => one.typing);
    stage.setNow(new Date(NOON.getTime() + 3_000));
    expect(await typing()).toEqual([true]);
    stage.setNow(new Date(NOON.getTime() + 3_001));
    expect(await typing()).toEqual([false]);
    expect(events()).toEqual([
      [EVENTS.userOnline, hery.userId],
      [EVENTS.userTyping, hery.userId],
    ]);
  });

  it("of who types beside their socket is the socket's: they neither come nor leave by that, and are seen to type", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    stage.open("1", hery, aina);
    sockets = { users: [{ id: hery.userId }] };
    const type = (actor: typeof hery) =>
      givePresenceSign(deps(), actor, subject, "1", { input: {}, socketId: "1.2" }, { typing: true });
    await type(hery);
    const seen = async () =>
      (await listPresence(deps(), aina, subject, "1")).map(({ name, typing, by }) => [name, typing, by]);
    expect(await seen()).toEqual([["Hery", true, ["socket"]]]);
    // The page is closed: they are gone at once.
    sockets = { users: [] };
    expect(await seen()).toEqual([]);
    // A client without a socket comes after it, and goes; nothing is told of the typing when it is swept.
    await sign(hery);
    await leave(hery);
    stage.setNow(new Date(NOON.getTime() + 61_000));
    await expirePresence(deps(), [subject]);
    expect(events()).toEqual([
      [EVENTS.userTyping, hery.userId],
      [EVENTS.userOnline, hery.userId],
      [EVENTS.userOffline, hery.userId],
    ]);
    expect(await stage.database.presenceSign.count()).toBe(0);
    // A socket elsewhere is no member of the record's channel.
    await type(aina);
    expect(await seen()).toEqual([["Aina", true, ["http"]]]);
  });

  it("ends a minute after the last sign, which the others hear once", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    stage.open("1", hery, aina);
    await sign(hery, "a");
    await sign(hery, "b");
    stage.setNow(new Date(NOON.getTime() + 30_000));
    await sign(aina);
    await sign(hery, "b");
    stage.setNow(new Date(NOON.getTime() + 60_000));
    await expirePresence(deps(), [subject]);
    expect(await names(aina)).toEqual(["Aina", "Hery"]);
    stage.setNow(new Date(NOON.getTime() + 90_000));
    await Promise.all([expirePresence(deps(), [subject]), expirePresence(deps(), [subject])]);
    const gone = events().filter(([event]) => event === EVENTS.userOffline);
    expect(gone.sort()).toEqual([
      [EVENTS.userOffline, hery.userId],
      [EVENTS.userOffline, aina.userId],
    ]);
    expect(await stage.database.presenceSign.count()).toBe(0);
  });

  it("counts those with a socket as well, each once, and goes on without the realtime server", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    const record = stage.open("1", hery, aina);
    await sign(hery);
    sockets = { users: [{ id: String(hery.userId) }, { id: aina.userId }, { id: "x" }] };
    expect((await listPresence(deps(), hery, subject, "1")).map(({ name, by }) => [name, by])).toEqual([
      ["Aina", ["socket"]],
      ["Hery", ["socket", "http"]],
    ]);
    // Whoever loses the record is not there any more, also while their socket or their last sign is.
    record.readers.delete(aina.userId);
    expect(await names(hery)).toEqual(["Hery"]);
    record.readers.add(aina.userId);
    sockets = Promise.reject(new Error("away"));
    expect(await names(hery)).toEqual(["Hery"]);
  });

  it("is of nobody's business who does not see the record", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg"), await stage.add("Aina", "a@mgs.mg")];
    stage.open("1", hery);
    for (const way of [sign(aina), sign(aina, "x".repeat(65)), leave(aina), listPresence(deps(), aina, subject, "1")])
      expect(await refusal(way)).toBe("SESSION_NOT_FOUND");
    expect(await refusal(sign(hery, "x".repeat(65)))).toBe("VALIDATION_ERROR");
    expect(told).toEqual([]);
  });
});
