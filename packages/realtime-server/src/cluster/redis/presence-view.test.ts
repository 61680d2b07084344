import { describe, expect, it } from "vitest";
import { type MemberChange, PresenceView } from "./presence-view";

function createPresenceView() {
  const told: string[] = [];
  const presence = new PresenceView({
    onAdded: ({ userId }) => void told.push(`+${userId}`),
    onRemoved: (userId) => void told.push(`-${userId}`),
  });
  return { presence, told };
}

const change = (before: number, version: number, userId: string, replicaCount: number): MemberChange => ({
  before,
  version,
  userId,
  replicaCount,
  info: "",
});
const snapshot = (version: number, ...users: string[]) => ({
  version,
  members: new Map(users.map((userId) => [userId, { replicaCount: 1, info: "" }])),
});

describe("a presence view", () => {
  it("applies changes that build on its version, and ignores older ones", () => {
    const { presence, told } = createPresenceView();
    presence.load(snapshot(10, "a"), false);
    expect(presence.apply(change(9, 10, "a", 1), false)).toBe(true);
    expect(presence.apply(change(10, 11, "b", 1), false)).toBe(true);
    expect(presence.apply(change(11, 12, "b", 2), false)).toBe(true);
    expect(presence.apply(change(12, 13, "b", 1), false)).toBe(true);
    expect(presence.apply(change(13, 14, "b", 0), false)).toBe(true);
    expect(told).toEqual(["+a", "+b", "-b"]);
  });

  it("reports a gap", () => {
    const { presence } = createPresenceView();
    presence.load(snapshot(10), false);
    expect(presence.apply(change(11, 12, "a", 1), false)).toBe(false);
  });

  it("queues changes while it loads, and applies those that are newer than the snapshot", () => {
    const { presence, told } = createPresenceView();
    presence.apply(change(3, 4, "a", 1), false);
    presence.apply(change(4, 5, "b", 1), false);
    expect(presence.load(snapshot(4, "a"), false)).toBe(true);
    expect(told).toEqual(["+a", "+b"]);
    presence.suspend();
    presence.apply(change(8, 9, "c", 1), false);
    expect(presence.load(snapshot(7, "a"), false)).toBe(false);
  });

  it("ignores the older of two snapshots that were loaded at once", () => {
    const { presence, told } = createPresenceView();
    presence.suspend();
    presence.suspend();
    presence.load(snapshot(5, "a"), false);
    presence.apply(change(5, 6, "b", 1), false);
    expect(presence.load(snapshot(5, "a"), false)).toBe(true);
    expect(presence.apply(change(6, 7, "c", 1), false)).toBe(true);
    expect(told).toEqual(["+a", "+b", "+c"]);
  });

  it("accepts a first version of Redis when it has no members", () => {
    const { presence, told } = createPresenceView();
    presence.load(snapshot(100), false);
    expect(presence.apply(change(0, 5, "a", 1), false)).toBe(true);
    expect(presence.apply(change(0, 9, "b", 1), false)).toBe(false);
    expect(told).toEqual(["+a"]);
  });

  it("keeps missing members while it is told to retain them", () => {
    const { presence, told } = createPresenceView();
    presence.load(snapshot(5, "a", "b"), false);
    presence.suspend();
    presence.load(snapshot(1, "c"), true);
    presence.apply(change(1, 2, "c", 0), true);
    expect(told).toEqual(["+a", "+b", "+c"]);
    presence.suspend();
    presence.load(snapshot(9, "b"), false);
    expect(told).toEqual(["+a", "+b", "+c", "-a", "-c"]);
  });

  it("keeps a user offline whom another replica has too", () => {
    const { presence, told } = createPresenceView();
    presence.load(
      {
        version: 1,
        members: new Map([
          ["both", { replicaCount: 2, info: "" }],
          ["here", { replicaCount: 1, info: "" }],
        ]),
      },
      false,
    );
    presence.exitOffline("both");
    presence.exitOffline("here");
    expect(told).toEqual(["+both", "+here", "-here"]);
  });

  it("resolves a wait when its version is reached, and every wait when waits are released", async () => {
    const { presence } = createPresenceView();
    presence.load(snapshot(1), false);
    const reached: number[] = [];
    const waits = [2, 3, 9].map((version) => presence.waitForVersion(version).then(() => reached.push(version)));
    presence.apply(change(1, 3, "a", 1), false);
    await Promise.all(waits.slice(0, 2));
    expect(reached).toEqual([2, 3]);
    presence.releaseWaits();
    await Promise.all(waits);
  });
});
