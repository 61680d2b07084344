import { browserDatabases, committed, type Databases, deleteUntil, openDatabase } from "../browser/databases";

/** The values of one form in one tab of one person. */
export type Draft = {
  /** Of {@link draftId}. */
  id: string;
  userId: number;
  form: string;
  /** The sign-in that the text was written under: row of `user_sessions`. */
  userSessionId: string;
  /** When it was last written: Unix time in milliseconds. */
  at: number;
  values: unknown;
};

/** The parts of a browser that drafts use. */
export type DraftStorage = {
  databases: Databases | undefined;
  /** Web Locks; a page on plain HTTP has none, and then tabs cannot tell which drafts are in use. */
  locks: Pick<LockManager, "request" | "query"> | undefined;
  now: () => number;
};

const NAME = "mgs-drafts";
const STORE = "drafts";
const BY_AGE = "at";
const BY_PERSON = "userId";
/** A draft is deleted after this time without a change. */
export const DRAFT_TTL_MS = 7 * 24 * 3_600_000;

/** The id of a person's draft of one form in one tab; the tab holds a lock of this name while it shows the form. */
export function draftId(userId: number, form: string, tab: string): string {
  return `mgs.draft:${userId}:${form}:${tab}`;
}

/** Stores the drafts of this origin. Each call is a transaction, so that tabs may call at the same time. */
export function createDraftStore({ databases, now }: Pick<DraftStorage, "databases" | "now">) {
  let opened: Promise<IDBDatabase> | undefined;

  function open(): Promise<IDBDatabase> {
    if (databases === undefined) return Promise.reject(new Error("this browser has no IndexedDB"));
    opened ??= openDatabase(databases, NAME, (made) => {
      const store = made.createObjectStore(STORE, { keyPath: "id" });
      store.createIndex(BY_AGE, BY_AGE);
      store.createIndex(BY_PERSON, BY_PERSON);
    });
    return opened;
  }

  async function write(act: (store: IDBObjectStore) => void): Promise<void> {
    const transaction = (await open()).transaction(STORE, "readwrite");
    act(transaction.objectStore(STORE));
    await committed(transaction);
  }

  async function read<T>(ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const transaction = (await open()).transaction(STORE);
    const request = ask(transaction.objectStore(STORE));
    await committed(transaction);
    return request.result;
  }

  return {
    /** Writes a draft, and deletes drafts that are too old. */
    save: (draft: Omit<Draft, "at">) =>
      write((store) => {
        store.put({ ...draft, at: now() } satisfies Draft);
        deleteUntil(store.index(BY_AGE), now() - DRAFT_TTL_MS);
      }),
    remove: (ids: readonly string[]) =>
      write((store) => {
        for (const id of ids) store.delete(id);
      }),
    /** Lists a person's drafts that are not too old, newest first. */
    async listOf(userId: number): Promise<Draft[]> {
      const drafts = await read<Draft[]>((store) => store.index(BY_PERSON).getAll(userId));
      return drafts.filter(({ at }) => at > now() - DRAFT_TTL_MS).sort((a, b) => b.at - a.at);
    },
    /** Moves another tab's draft to the id of this one. @returns false when a third tab has moved it before */
    async adopt(draft: Draft, id: string): Promise<boolean> {
      let found = false;
      await write((store) => {
        const request = store.get(draft.id);
        request.onsuccess = () => {
          if (request.result === undefined) return;
          found = true;
          store.delete(draft.id);
          store.put({ ...draft, id });
        };
      });
      return found;
    },
    close: () => void opened?.then((database) => database.close()).catch(() => undefined),
  };
}
export type DraftStore = ReturnType<typeof createDraftStore>;

/** Finds the ids of the drafts that tabs show now; null in a browser without Web Locks. */
export async function idsInUse(locks: DraftStorage["locks"]): Promise<ReadonlySet<string> | null> {
  if (!locks) return null;
  const { held = [] } = await locks.query();
  return new Set(held.map(({ name }) => name ?? ""));
}

/** Lists the forms of which a person has a draft that no tab shows, so that a page can open their fields. It never fails. */
export async function listFreeForms(userId: number, storage: DraftStorage): Promise<string[]> {
  const store = createDraftStore(storage);
  try {
    const [drafts, inUse] = await Promise.all([store.listOf(userId), idsInUse(storage.locks)]);
    return drafts.filter(({ id }) => !inUse?.has(id)).map(({ form }) => form);
  } catch {
    return [];
  } finally {
    store.close();
  }
}

/** Returns the storage of this browser. */
export function browserDraftStorage(): DraftStorage {
  return { databases: browserDatabases(), locks: navigator.locks, now: Date.now };
}

/** A logout waits at most this long for the browser's storage. */
const CLEAR_TIMEOUT_MS = 3_000;

/**
 * Deletes a person's drafts at their logout, except those that another tab shows, since their text is on the screen. It never
 * fails, and returns after three seconds at most.
 */
export async function clearDrafts(userId: number, storage: DraftStorage): Promise<void> {
  const store = createDraftStore(storage);
  const clear = async () => {
    const [drafts, inUse] = await Promise.all([store.listOf(userId), idsInUse(storage.locks)]);
    await store.remove(drafts.map(({ id }) => id).filter((id) => !inUse?.has(id)));
  };
  // A browser that refuses its storage has no drafts to delete.
  const cleared = clear().catch(() => undefined);
  await Promise.race([cleared, new Promise((resolve) => setTimeout(resolve, CLEAR_TIMEOUT_MS))]);
  store.close();
}
