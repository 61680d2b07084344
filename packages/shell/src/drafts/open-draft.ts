import { createDraftStore, type Draft, type DraftStorage, draftId, idsInUse } from "./draft-store";

/** A reloaded page waits this long for its former self to release the lock; after that it is the duplicate of an open tab. */
const LOCK_WAIT_MS = 1_000;
/** A form opens without its draft when the browser's storage does not answer within this time. */
const OPEN_TIMEOUT_MS = 3_000;

export type DraftOwner = {
  userId: number;
  userSessionId: string;
  form: string;
  /** The tab's id, the same over reloads and sign-ins. `renew` gives a duplicated tab an id of its own. */
  tab: { read: () => string; renew: () => string };
  /** Whether the person has ended that sign-in themself; null when the server does not answer. */
  wasSignedOut: (userSessionId: string) => Promise<boolean | null>;
};

export type OpenDraft = {
  /** The draft that the form begins with. */
  found: Draft | null;
  /** Stores the form's values; of several quick changes it may store the last alone. It never fails. */
  save: (values: unknown) => void;
  /** Deletes the draft, after the form was sent or emptied. */
  discard: () => void;
  /** Resolves when all saved values are stored. */
  settled: () => Promise<void>;
  /** Releases the draft to other tabs. */
  close: () => void;
};

/** Opens a form's draft: this tab's own, or else the newest that no open tab shows. It never fails. */
export async function openDraft(owner: DraftOwner, storage: DraftStorage): Promise<OpenDraft> {
  const store = createDraftStore(storage);
  const closing = new AbortController();
  let id = draftId(owner.userId, owner.form, owner.tab.read());
  if (!(await holdLock(id, storage, closing.signal))) {
    id = draftId(owner.userId, owner.form, owner.tab.renew());
    await holdLock(id, storage, closing.signal);
  }
  let timedOut = false;
  const found = await Promise.race([findDraft(id).catch(() => null), resolveAfter(OPEN_TIMEOUT_MS)]);
  timedOut = true;

  async function findDraft(own: string): Promise<Draft | null> {
    const [drafts, inUse] = await Promise.all([store.listOf(owner.userId), idsInUse(storage.locks)]);
    const ofForm = drafts.filter(({ form }) => form === owner.form);
    const mine = ofForm.find((draft) => draft.id === own);
    if (mine) return mine;
    for (const draft of ofForm) {
      if (inUse?.has(draft.id)) continue;
      if (draft.userSessionId !== owner.userSessionId) {
        const signedOut = await owner.wasSignedOut(draft.userSessionId);
        if (signedOut === null) continue;
        if (signedOut) {
          await store.remove([draft.id]);
          continue;
        }
      }
      // The form is open without this draft: once moved to this tab, the next keystroke would overwrite it.
      if (timedOut) return null;
      if (await store.adopt(draft, own)) return draft;
    }
    return null;
  }

  /** The next write: values, or null to delete the draft; undefined when there is none. */
  let queued: { values: unknown } | null | undefined;
  let writing: Promise<void> | null = null;
  function schedule(next: { values: unknown } | null) {
    queued = next;
    writing ??= flush().finally(() => {
      writing = null;
    });
  }
  async function flush(): Promise<void> {
    while (queued !== undefined) {
      const next = queued;
      queued = undefined;
      const { userId, userSessionId, form } = owner;
      const write = next ? store.save({ id, userId, userSessionId, form, values: next.values }) : store.remove([id]);
      // A full or refused storage loses no text that is still on the page.
      await write.catch(() => undefined);
    }
  }

  return {
    found,
    save: (values) => schedule({ values }),
    discard: () => schedule(null),
    settled: async () => {
      await writing;
    },
    close() {
      closing.abort();
      void Promise.resolve(writing).then(store.close);
    },
  };
}

/** Holds a lock until `signal` aborts. @returns whether it has the lock; true in a browser without Web Locks */
function holdLock(name: string, { locks }: DraftStorage, signal: AbortSignal): Promise<boolean> {
  if (!locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    const until = new Promise<void>((release) => signal.addEventListener("abort", () => release()));
    locks
      .request(name, { signal: AbortSignal.timeout(LOCK_WAIT_MS) }, () => {
        resolve(true);
        return signal.aborted ? undefined : until;
      })
      .catch(() => resolve(false));
  });
}

function resolveAfter(timeoutMs: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), timeoutMs));
}
