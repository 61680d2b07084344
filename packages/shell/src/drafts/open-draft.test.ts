import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, describe, expect, test } from "vitest";
import { clearDrafts, createDraftStore, DRAFT_TTL_MS, type DraftPlace } from "./draft-store";
import { type DraftOwner, type OpenDraft, openDraft } from "./open-draft";

/** What the tabs of one origin share; locks are Node's own. */
function origin(now = () => 1_000_000_000_000): DraftPlace {
  return { databases: new IDBFactory(), locks: prefixed(navigator.locks), now };
}

/** Locks of one origin: all tests share the process's. */
function prefixed(locks: LockManager): DraftPlace["locks"] {
  const prefix = `${Math.random()}/`;
  return {
    request: ((name: string, ...rest: [LockOptions, LockGrantedCallback<unknown>]) =>
      locks.request(`${prefix}${name}`, ...rest)) as LockManager["request"],
    query: async () => {
      const { held = [] } = await locks.query();
      const own = held.filter(({ name }) => name?.startsWith(prefix));
      return { held: own.map((lock) => ({ ...lock, name: lock.name?.slice(prefix.length) ?? "" })), pending: [] };
    },
  };
}

type Tab = DraftOwner["tab"];
let tabs = 0;
/** Survives a reload, as session storage does; a duplicated tab begins with a copy. */
function newTab(id = `tab-${tabs++}`): Tab {
  let current = id;
  return {
    read: () => current,
    renew: () => {
      current = `tab-${tabs++}`;
      return current;
    },
  };
}

const opened: OpenDraft[] = [];
afterEach(() => {
  for (const draft of opened.splice(0)) draft.close();
});

async function open(place: DraftPlace, owner: Partial<DraftOwner> = {}): Promise<OpenDraft> {
  const draft = await openDraft(
    {
      userId: 1,
      userSessionId: "first sign-in",
      form: "send",
      tab: newTab(),
      wasSignedOut: async () => false,
      ...owner,
    },
    place,
  );
  opened.push(draft);
  return draft;
}

async function leave(draft: OpenDraft): Promise<void> {
  await draft.settled();
  draft.close();
}

async function type(place: DraftPlace, text: string, owner: Partial<DraftOwner> = {}): Promise<OpenDraft> {
  const draft = await open(place, owner);
  draft.save({ text });
  await draft.settled();
  return draft;
}

const textOf = (draft: OpenDraft) => draft.found?.values;

describe("a draft", () => {
  test("is there after a reload, also under a new sign-in", async () => {
    const place = origin();
    const tab = newTab();
    await leave(await type(place, "half a sentence", { tab }));
    const reloaded = await open(place, { tab, userSessionId: "second sign-in" });
    expect(textOf(reloaded)).toEqual({ text: "half a sentence" });
  });

  test("holds the last of what was typed quickly", async () => {
    const place = origin();
    const tab = newTab();
    const draft = await open(place, { tab });
    for (let length = 1; length <= 50; length++) draft.save({ text: "x".repeat(length) });
    await leave(draft);
    expect(textOf(await open(place, { tab }))).toEqual({ text: "x".repeat(50) });
  });

  test("is gone once it was sent, also when it was typed just before", async () => {
    const place = origin();
    const tab = newTab();
    const draft = await open(place, { tab });
    draft.save({ text: "sent" });
    draft.discard();
    await leave(draft);
    expect((await open(place, { tab })).found).toBeNull();
  });

  test("of a tab that is gone is found by a new one, once", async () => {
    const place = origin();
    await leave(await type(place, "crashed"));
    expect(textOf(await open(place))).toEqual({ text: "crashed" });
    expect((await open(place)).found).toBeNull();
  });

  test("of a tab that is open stays that tab's, and each keeps its own", async () => {
    const place = origin();
    const [one, two] = [newTab(), newTab()];
    const first = await type(place, "one", { tab: one });
    const second = await open(place, { tab: two });
    expect(second.found).toBeNull();
    second.save({ text: "two" });
    await Promise.all([leave(first), leave(second)]);
    expect(textOf(await open(place, { tab: two }))).toEqual({ text: "two" });
    expect(textOf(await open(place, { tab: one }))).toEqual({ text: "one" });
  });

  test("is not shared with a duplicate of its tab", async () => {
    const place = origin();
    const tab = newTab("same");
    await type(place, "mine", { tab });
    const duplicate = newTab("same");
    const other = await open(place, { tab: duplicate });
    expect(other.found).toBeNull();
    expect(duplicate.read()).not.toBe("same");
  });

  test("is another person's neither to see nor to clear", async () => {
    const place = origin();
    const tab = newTab();
    await leave(await type(place, "of person 1", { tab }));
    const other = await open(place, { tab, userId: 2, userSessionId: "theirs" });
    expect(other.found).toBeNull();
    await leave(other);
    await clearDrafts(2, place);
    expect(textOf(await open(place, { tab }))).toEqual({ text: "of person 1" });
  });

  test("is of one form", async () => {
    const place = origin();
    const tab = newTab();
    await leave(await type(place, "text", { tab, form: "comment:dossier-1" }));
    expect((await open(place, { tab, form: "comment:dossier-2" })).found).toBeNull();
  });

  test("has an age", async () => {
    let now = 1_000_000_000_000;
    const place = origin(() => now);
    const tab = newTab();
    await leave(await type(place, "old", { tab }));
    now += DRAFT_TTL_MS + 1;
    expect((await open(place, { tab })).found).toBeNull();
    // The next text that is kept takes it out of the storage.
    await type(place, "new");
    now = 1_000_000_000_000;
    const store = createDraftStore(place);
    expect((await store.listOf(1)).map(({ values }) => values)).toEqual([{ text: "new" }]);
    store.close();
  });

  test("goes with an own logout; what another tab shows stays in sight", async () => {
    const place = origin();
    const [closed, shown] = [newTab(), newTab()];
    await leave(await type(place, "closed", { tab: closed }));
    const there = await type(place, "shown", { tab: shown });
    await clearDrafts(1, place);
    await leave(there);
    expect(textOf(await open(place, { tab: shown }))).toEqual({ text: "shown" });
    expect((await open(place, { tab: closed })).found).toBeNull();
  });

  test.each([
    [true, null, 0],
    [false, { text: "elsewhere" }, 1],
    [null, null, 1],
  ])(
    "of an earlier sign-in that ended by an own logout in another portal (%s) is %j",
    async (signedOut, found, left) => {
      const place = origin();
      await leave(await type(place, "elsewhere"));
      const asked: string[] = [];
      const draft = await open(place, {
        userSessionId: "second sign-in",
        wasSignedOut: async (id) => {
          asked.push(id);
          return signedOut;
        },
      });
      expect(draft.found?.values ?? null).toEqual(found);
      expect(asked).toEqual(["first sign-in"]);
      const store = createDraftStore(place);
      expect(await store.listOf(1)).toHaveLength(left);
      store.close();
    },
  );

  test.each<[string, Partial<DraftPlace>]>([
    ["without databases", { databases: undefined }],
    [
      "with databases that refuse",
      {
        databases: {
          open: () => {
            throw new DOMException("denied", "SecurityError");
          },
        },
      },
    ],
  ])("%s: the form works, and nothing fails", async (_name, broken) => {
    const draft = await open({ ...origin(), ...broken });
    expect(draft.found).toBeNull();
    draft.save({ text: "x" });
    draft.discard();
    await draft.settled();
    await clearDrafts(1, { ...origin(), ...broken });
  });

  test("without locks (plain HTTP) is found all the same", async () => {
    const place = { ...origin(), locks: undefined };
    await leave(await type(place, "text"));
    expect(textOf(await open(place))).toEqual({ text: "text" });
  });
});
