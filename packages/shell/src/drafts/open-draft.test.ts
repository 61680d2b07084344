import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, describe, expect, test } from "vitest";
import { clearDrafts, createDraftStore, DRAFT_TTL_MS, type DraftStorage } from "./draft-store";
import { type DraftOwner, type OpenDraft, openDraft } from "./open-draft";

/** The storage that the tabs of one origin share, with Node's own locks. */
function origin(now = () => 1_000_000_000_000): DraftStorage {
  return { databases: new IDBFactory(), locks: prefixed(navigator.locks), now };
}

/** Locks of one origin: all tests share the process's. */
function prefixed(locks: LockManager): DraftStorage["locks"] {
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
/** A tab id that survives a reload, as session storage does; a duplicated tab begins with a copy. */
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

async function open(storage: DraftStorage, owner: Partial<DraftOwner> = {}): Promise<OpenDraft> {
  const draft = await openDraft(
    {
      userId: 1,
      userSessionId: "first sign-in",
      form: "send",
      tab: newTab(),
      wasSignedOut: async () => false,
      ...owner,
    },
    storage,
  );
  opened.push(draft);
  return draft;
}

async function leave(draft: OpenDraft): Promise<void> {
  await draft.settled();
  draft.close();
}

async function type(storage: DraftStorage, text: string, owner: Partial<DraftOwner> = {}): Promise<OpenDraft> {
  const draft = await open(storage, owner);
  draft.save({ text });
  await draft.settled();
  return draft;
}

const textOf = (draft: OpenDraft) => draft.found?.values;

describe("a draft", () => {
  test("is restored after a reload, also under a new sign-in", async () => {
    const storage = origin();
    const tab = newTab();
    await leave(await type(storage, "half a sentence", { tab }));
    const reloaded = await open(storage, { tab, userSessionId: "second sign-in" });
    expect(textOf(reloaded)).toEqual({ text: "half a sentence" });
  });

  test("stores the last of several quick changes", async () => {
    const storage = origin();
    const tab = newTab();
    const draft = await open(storage, { tab });
    for (let length = 1; length <= 50; length++) draft.save({ text: "x".repeat(length) });
    await leave(draft);
    expect(textOf(await open(storage, { tab }))).toEqual({ text: "x".repeat(50) });
  });

  test("is deleted once the form was sent, also right after a change", async () => {
    const storage = origin();
    const tab = newTab();
    const draft = await open(storage, { tab });
    draft.save({ text: "sent" });
    draft.discard();
    await leave(draft);
    expect((await open(storage, { tab })).found).toBeNull();
  });

  test("of a closed tab is restored in one new tab", async () => {
    const storage = origin();
    await leave(await type(storage, "crashed"));
    expect(textOf(await open(storage))).toEqual({ text: "crashed" });
    expect((await open(storage)).found).toBeNull();
  });

  test("of an open tab stays in that tab, and each tab keeps its own", async () => {
    const storage = origin();
    const [one, two] = [newTab(), newTab()];
    const first = await type(storage, "one", { tab: one });
    const second = await open(storage, { tab: two });
    expect(second.found).toBeNull();
    second.save({ text: "two" });
    await Promise.all([leave(first), leave(second)]);
    expect(textOf(await open(storage, { tab: two }))).toEqual({ text: "two" });
    expect(textOf(await open(storage, { tab: one }))).toEqual({ text: "one" });
  });

  test("is not shared with a duplicated tab", async () => {
    const storage = origin();
    const tab = newTab("same");
    await type(storage, "mine", { tab });
    const duplicate = newTab("same");
    const other = await open(storage, { tab: duplicate });
    expect(other.found).toBeNull();
    expect(duplicate.read()).not.toBe("same");
  });

  test("is neither shown to another person nor deleted by their logout", async () => {
    const storage = origin();
    const tab = newTab();
    await leave(await type(storage, "of person 1", { tab }));
    const other = await open(storage, { tab, userId: 2, userSessionId: "theirs" });
    expect(other.found).toBeNull();
    await leave(other);
    await clearDrafts(2, storage);
    expect(textOf(await open(storage, { tab }))).toEqual({ text: "of person 1" });
  });

  test("is not restored in another form", async () => {
    const storage = origin();
    const tab = newTab();
    await leave(await type(storage, "text", { tab, form: "comment:dossier-1" }));
    expect((await open(storage, { tab, form: "comment:dossier-2" })).found).toBeNull();
  });

  test("is deleted after its time to live", async () => {
    let now = 1_000_000_000_000;
    const storage = origin(() => now);
    const tab = newTab();
    await leave(await type(storage, "old", { tab }));
    now += DRAFT_TTL_MS + 1;
    expect((await open(storage, { tab })).found).toBeNull();
    // The next saved draft deletes it.
    await type(storage, "new");
    now = 1_000_000_000_000;
    const store = createDraftStore(storage);
    expect((await store.listOf(1)).map(({ values }) => values)).toEqual([{ text: "new" }]);
    store.close();
  });

  test("is deleted at its person's logout, unless another tab shows it", async () => {
    const storage = origin();
    const [closed, shown] = [newTab(), newTab()];
    await leave(await type(storage, "closed", { tab: closed }));
    const there = await type(storage, "shown", { tab: shown });
    await clearDrafts(1, storage);
    await leave(there);
    expect(textOf(await open(storage, { tab: shown }))).toEqual({ text: "shown" });
    expect((await open(storage, { tab: closed })).found).toBeNull();
  });

  test.each([
    [true, null, 0],
    [false, { text: "elsewhere" }, 1],
    [null, null, 1],
  ])(
    "of an earlier sign-in that ended by an own logout in another portal (%s) is %j",
    async (signedOut, found, left) => {
      const storage = origin();
      await leave(await type(storage, "elsewhere"));
      const asked: string[] = [];
      const draft = await open(storage, {
        userSessionId: "second sign-in",
        wasSignedOut: async (id) => {
          asked.push(id);
          return signedOut;
        },
      });
      expect(draft.found?.values ?? null).toEqual(found);
      expect(asked).toEqual(["first sign-in"]);
      const store = createDraftStore(storage);
      expect(await store.listOf(1)).toHaveLength(left);
      store.close();
    },
  );

  test.each<[string, Partial<DraftStorage>]>([
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

  test("is restored without Web Locks (plain HTTP) as well", async () => {
    const storage = { ...origin(), locks: undefined };
    await leave(await type(storage, "text"));
    expect(textOf(await open(storage))).toEqual({ text: "text" });
  });
});
