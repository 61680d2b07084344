import { browserDatabases, committed, type Databases, deleteUntil, openDatabase } from "../browser/databases";

/** One form's text, as one tab of one person left it. */
export type Draft = {
  /** Of {@link draftId}. */
  id: string;
  userId: number;
  form: string;
  /** The sign-in that the text was written under: row of `user_sessions`. */
  userSessionId: string;
  /** When it was last written, in milliseconds. */
  at: number;
  values: unknown;
};

/** What drafts need of a browser. */
export type DraftPlace = {
  databases: Databases | undefined;
  /** Web Locks; missing on plain HTTP, where tabs then cannot tell whose draft is in use. */
  locks: Pick<LockManager, "request" | "query"> | undefined;
  now: () => number;
};

const NAME = "mgs-drafts";
const STORE = "drafts";
const BY_AGE = "at";
const BY_PERSON = "userId";
/** After this time without a change a draft is forgotten. */
export const DRAFT_TTL_MS = 7 * 24 * 3_600_000;

/** A person's draft of one form in one tab; also the name of the lock that the tab holds while it shows the form. */
export function draftId(userId: number, form: string, tab: string): string {
  return `mgs.draft:${userId}:${form}:${tab}`;
}

/** Drafts of this origin. Each call is a transaction of its own, so tabs may call at once. */
export function createDraftStore({ databases, now }: Pick<DraftPlace, "databases" | "now">) {
  let opened: Promise<IDBDatabase> | undefined;

  function open(): Promise<IDBDatabase> {
    if (databases === undefined) return Promise.reject(new Error("this browser keeps nothing"));
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
    /** Writes a draft, and forgets what is too old. */
    save: (draft: Omit<Draft, "at">) =>
      write((store) => {
        store.put({ ...draft, at: now() } satisfies Draft);
        deleteUntil(store.index(BY_AGE), now() - DRAFT_TTL_MS);
      }),
    remove: (ids: readonly string[]) =>
      write((store) => {
        for (const id of ids) store.delete(id);
      }),
    /** A person's drafts that are not too old, the newest first. */
    async listOf(userId: number): Promise<Draft[]> {
      const drafts = await read<Draft[]>((store) => store.index(BY_PERSON).getAll(userId));
      return drafts.filter(({ at }) => at > now() - DRAFT_TTL_MS).sort((a, b) => b.at - a.at);
    },
    /** Makes another tab's draft this one's; false when a third tab was first. */
    async adopt(draft: Draft, id: string): Promise<boolean> {
      let found = false;
      await write((store) => {
        const there = store.get(draft.id);
        there.onsuccess = () => {
          if (there.result === undefined) return;
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

/** Ids of the drafts that tabs are showing now; null where the browser cannot tell. */
export async function idsInUse(locks: DraftPlace["locks"]): Promise<ReadonlySet<string> | null> {
  if (!locks) return null;
  const { held = [] } = await locks.query();
  return new Set(held.map(({ name }) => name ?? ""));
}

/** This browser's place of drafts. */
export function browserDrafts(): DraftPlace {
  return { databases: browserDatabases(), locks: navigator.locks, now: Date.now };
}

/** Milliseconds that a logout waits for a browser's storage. */
const CLEAR_TIMEOUT_MS = 3_000;

/**
 * Removes a person's drafts at their logout, except those that another tab still shows: its text is in sight. Never fails, and holds
 * nobody up.
 */
export async function clearDrafts(userId: number, place: DraftPlace): Promise<void> {
  const store = createDraftStore(place);
  const clear = async () => {
    const [drafts, inUse] = await Promise.all([store.listOf(userId), idsInUse(place.locks)]);
    await store.remove(drafts.map(({ id }) => id).filter((id) => !inUse?.has(id)));
  };
  // A browser that keeps nothing has nothing to clear.
  const cleared = clear().catch(() => undefined);
  await Promise.race([cleared, new Promise((resolve) => setTimeout(resolve, CLEAR_TIMEOUT_MS))]);
  store.close();
}
