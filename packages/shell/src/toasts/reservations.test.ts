import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { describe, expect, test } from "vitest";
import { createAnnouncer } from "./announcer";
import { type ReservationStorage, reserveToasts } from "./reservations";

/** Databases that the tabs of one origin share. */
const origin = (now = () => 1_000): ReservationStorage => ({ databases: new IDBFactory(), now });

function tab(storage: ReservationStorage, visible = true) {
  const shown: string[] = [];
  const state = { visible, read: new Set<string>() };
  const announcer = createAnnouncer<{ id: string }>({
    reserve: (ids) => reserveToasts(ids, storage),
    isVisible: () => state.visible,
    isStillUnread: ({ id }) => !state.read.has(id),
    show: ({ id }) => shown.push(id),
    summarise: (count) => shown.push(`${count} at once`),
  });
  return { shown, state, ...announcer };
}

describe("toast reservations", () => {
  test("of concurrent tabs one gets the toast, for good", async () => {
    const storage = origin();
    const results = await Promise.all(Array.from({ length: 8 }, () => reserveToasts(["a"], storage)));
    expect(results.flat()).toEqual(["a"]);
    expect(await reserveToasts(["a", "b"], storage)).toEqual(["b"]);
  });

  test("are deleted after a week", async () => {
    let now = 0;
    const storage = origin(() => now);
    await reserveToasts(["old"], storage);
    now = 8 * 24 * 3_600_000;
    await reserveToasts(["new"], storage);
    expect(await reserveToasts(["old", "new"], storage)).toEqual(["old"]);
  });

  test.each<[string, ReservationStorage["databases"]]>([
    ["no databases", undefined],
    [
      "databases are refused",
      {
        open: () => {
          throw new DOMException("denied", "SecurityError");
        },
      },
    ],
  ])("%s: every tab shows the toast", async (_name, databases) => {
    expect(await reserveToasts(["a"], { databases, now: () => 0 })).toEqual(["a"]);
  });
});

describe("announcer", () => {
  test("two tabs show one toast", async () => {
    const storage = origin();
    const [one, two] = [tab(storage), tab(storage)];
    await Promise.all([one.announce([{ id: "a" }]), two.announce([{ id: "a" }])]);
    expect([...one.shown, ...two.shown]).toEqual(["a"]);
  });

  test("a hidden tab waits until it is shown", async () => {
    const hidden = tab(origin(), false);
    await hidden.announce([{ id: "a" }]);
    expect(hidden.shown).toEqual([]);
    hidden.state.visible = true;
    await hidden.flush();
    await hidden.flush();
    expect(hidden.shown).toEqual(["a"]);
  });

  test("a hidden tab skips a toast that another tab has shown, even after that tab was closed", async () => {
    const storage = origin();
    const hidden = tab(storage, false);
    await hidden.announce([{ id: "a" }]);
    await tab(storage).announce([{ id: "a" }]);
    hidden.state.visible = true;
    await hidden.flush();
    expect(hidden.shown).toEqual([]);
  });

  test("a notification that was read meanwhile gets no toast", async () => {
    const hidden = tab(origin(), false);
    await hidden.announce([{ id: "a" }]);
    hidden.state.read.add("a");
    hidden.state.visible = true;
    await hidden.flush();
    expect(hidden.shown).toEqual([]);
  });

  test("up to three notifications get a toast each, more get one with their count", async () => {
    const storage = origin();
    const page = tab(storage);
    await page.announce([{ id: "a" }, { id: "b" }, { id: "c" }]);
    await page.announce(["a", "d", "e", "f", "g"].map((id) => ({ id })));
    expect(page.shown).toEqual(["a", "b", "c", "4 at once"]);
  });
});
