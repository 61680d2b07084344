import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { describe, expect, test } from "vitest";
import { createAnnouncer } from "./announcer";
import { type ClaimPlace, claimToasts } from "./claims";

/** Databases that the tabs of one origin share. */
const origin = (now = () => 1_000): ClaimPlace => ({ databases: new IDBFactory(), now });

function tab(place: ClaimPlace, visible = true) {
  const shown: string[] = [];
  const state = { visible, read: new Set<string>() };
  const announcer = createAnnouncer<{ id: string }>({
    claim: (ids) => claimToasts(ids, place),
    isVisible: () => state.visible,
    isStillNews: ({ id }) => !state.read.has(id),
    show: ({ id }) => shown.push(id),
    summarise: (count) => shown.push(`${count} at once`),
  });
  return { shown, state, ...announcer };
}

describe("claims", () => {
  test("racing tabs: one gets it, for good", async () => {
    const place = origin();
    const results = await Promise.all(Array.from({ length: 8 }, () => claimToasts(["a"], place)));
    expect(results.flat()).toEqual(["a"]);
    expect(await claimToasts(["a", "b"], place)).toEqual(["b"]);
  });

  test("claims are forgotten after a week", async () => {
    let now = 0;
    const place = origin(() => now);
    await claimToasts(["old"], place);
    now = 8 * 24 * 3_600_000;
    await claimToasts(["new"], place);
    expect(await claimToasts(["old", "new"], place)).toEqual(["old"]);
  });

  test.each<[string, ClaimPlace["databases"]]>([
    ["no databases", undefined],
    [
      "databases are refused",
      {
        open: () => {
          throw new DOMException("denied", "SecurityError");
        },
      },
    ],
  ])("%s: just shows", async (_name, databases) => {
    expect(await claimToasts(["a"], { databases, now: () => 0 })).toEqual(["a"]);
  });
});

describe("announcer", () => {
  test("two tabs show one toast", async () => {
    const place = origin();
    const [one, two] = [tab(place), tab(place)];
    await Promise.all([one.announce([{ id: "a" }]), two.announce([{ id: "a" }])]);
    expect([...one.shown, ...two.shown]).toEqual(["a"]);
  });

  test("a hidden tab waits until it is seen", async () => {
    const hidden = tab(origin(), false);
    await hidden.announce([{ id: "a" }]);
    expect(hidden.shown).toEqual([]);
    hidden.state.visible = true;
    await hidden.flush();
    await hidden.flush();
    expect(hidden.shown).toEqual(["a"]);
  });

  test("a hidden tab skips what another tab has shown, even when that tab is closed", async () => {
    const place = origin();
    const hidden = tab(place, false);
    await hidden.announce([{ id: "a" }]);
    await tab(place).announce([{ id: "a" }]);
    hidden.state.visible = true;
    await hidden.flush();
    expect(hidden.shown).toEqual([]);
  });

  test("what was read meanwhile is no news", async () => {
    const hidden = tab(origin(), false);
    await hidden.announce([{ id: "a" }]);
    hidden.state.read.add("a");
    hidden.state.visible = true;
    await hidden.flush();
    expect(hidden.shown).toEqual([]);
  });

  test("up to three are shown one by one, more are counted", async () => {
    const place = origin();
    const page = tab(place);
    await page.announce([{ id: "a" }, { id: "b" }, { id: "c" }]);
    await page.announce(["a", "d", "e", "f", "g"].map((id) => ({ id })));
    expect(page.shown).toEqual(["a", "b", "c", "4 at once"]);
  });
});
