import { describe, expect, it } from "vitest";
import { type MemberChange, Mirror } from "./mirror";

function createMirror() {
  const told: string[] = [];
  const mirror = new Mirror({
    added: ({ userId }) => void told.push(`+${userId}`),
    removed: (userId) => void told.push(`-${userId}`),
  });
  return { mirror, told };
}

const change = (before: number, version: number, userId: string, held: number): MemberChange => ({
  before,
  version,
  userId,
  held,
  info: "",
});
const snapshot = (version: number, ...users: string[]) => ({
  version,
  members: new Map(users.map((userId) => [userId, { held: 1, info: "" }])),
});

describe("a mirror", () => {
  it("follows changes that build on what it knows, and passes over those it knows", () => {
    const { mirror, told } = createMirror();
    mirror.load(snapshot(10, "a"), false);
    expect(mirror.apply(change(9, 10, "a", 1), false)).toBe(true);
    expect(mirror.apply(change(10, 11, "b", 1), false)).toBe(true);
    expect(mirror.apply(change(11, 12, "b", 2), false)).toBe(true);
    expect(mirror.apply(change(12, 13, "b", 1), false)).toBe(true);
    expect(mirror.apply(change(13, 14, "b", 0), false)).toBe(true);
    expect(told).toEqual(["+a", "+b", "-b"]);
  });

  it("says that it misses something", () => {
    const { mirror } = createMirror();
    mirror.load(snapshot(10), false);
    expect(mirror.apply(change(11, 12, "a", 1), false)).toBe(false);
  });

  it("keeps what comes while it loads, and takes over what it did not know of", () => {
    const { mirror, told } = createMirror();
    mirror.apply(change(3, 4, "a", 1), false);
    mirror.apply(change(4, 5, "b", 1), false);
    expect(mirror.load(snapshot(4, "a"), false)).toBe(true);
    expect(told).toEqual(["+a", "+b"]);
    mirror.suspend();
    mirror.apply(change(8, 9, "c", 1), false);
    expect(mirror.load(snapshot(7, "a"), false)).toBe(false);
  });

  it("that is loaded twice at once does not go back to what the slower answer knew", () => {
    const { mirror, told } = createMirror();
    mirror.suspend();
    mirror.suspend();
    mirror.load(snapshot(5, "a"), false);
    mirror.apply(change(5, 6, "b", 1), false);
    expect(mirror.load(snapshot(5, "a"), false)).toBe(true);
    expect(mirror.apply(change(6, 7, "c", 1), false)).toBe(true);
    expect(told).toEqual(["+a", "+b", "+c"]);
  });

  it("goes on where Redis begins anew, if nobody is present here", () => {
    const { mirror, told } = createMirror();
    mirror.load(snapshot(100), false);
    expect(mirror.apply(change(0, 5, "a", 1), false)).toBe(true);
    expect(mirror.apply(change(0, 9, "b", 1), false)).toBe(false);
    expect(told).toEqual(["+a"]);
  });

  it("keeps who is missing as long as it is told to", () => {
    const { mirror, told } = createMirror();
    mirror.load(snapshot(5, "a", "b"), false);
    mirror.suspend();
    mirror.load(snapshot(1, "c"), true);
    mirror.apply(change(1, 2, "c", 0), true);
    expect(told).toEqual(["+a", "+b", "+c"]);
    mirror.suspend();
    mirror.load(snapshot(9, "b"), false);
    expect(told).toEqual(["+a", "+b", "+c", "-a", "-c"]);
  });

  it("alone, keeps a user whom another replica has as well", () => {
    const { mirror, told } = createMirror();
    mirror.load(
      {
        version: 1,
        members: new Map([
          ["both", { held: 2, info: "" }],
          ["here", { held: 1, info: "" }],
        ]),
      },
      false,
    );
    mirror.exitAlone("both");
    mirror.exitAlone("here");
    expect(told).toEqual(["+both", "+here", "-here"]);
  });

  it("tells when a version is reached, or that it gives up", async () => {
    const { mirror } = createMirror();
    mirror.load(snapshot(1), false);
    const reached: number[] = [];
    const waits = [2, 3, 9].map((version) => mirror.reach(version).then(() => reached.push(version)));
    mirror.apply(change(1, 3, "a", 1), false);
    await Promise.all(waits.slice(0, 2));
    expect(reached).toEqual([2, 3]);
    mirror.giveUp();
    await Promise.all(waits);
  });
});
