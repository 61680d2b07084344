import { createDraftStore, type Draft, type DraftPlace, draftId, idsInUse } from "./draft-store";

/** Milliseconds that a page waits for its own former self to let go of a draft: then it is a duplicate of a tab in use. */
const LOCK_WAIT_MS = 1_000;
/** Milliseconds after which a form opens without its draft: the browser's storage does not answer. */
const OPEN_TIMEOUT_MS = 3_000;

export type DraftOwner = {
  userId: number;
  userSessionId: string;
  form: string;
  /** This tab, over reloads and the way through the sign-in. `renew` gives a duplicated tab an identity of its own. */
  tab: { read: () => string; renew: () => string };
  /** Whether the person ended that sign-in themself; null when that is not known now. */
  wasSignedOut: (userSessionId: string) => Promise<boolean | null>;
};

export type OpenDraft = {
  /** What was written before and not sent. */
  found: Draft | null;
  /** Keeps the form's values; of changes in quick succession the last one is what stays. Never fails. */
  save: (values: unknown) => void;
  /** Forgets them: sent, or thrown away. */
  discard: () => void;
  /** Resolves when all that was saved is stored. */
  settled: () => Promise<void>;
  /** Lets other tabs have the draft. */
  close: () => void;
};

/** Opens a form's draft: this tab's own, else the newest that no tab shows any more. Never fails. */
export async function openDraft(owner: DraftOwner, place: DraftPlace): Promise<OpenDraft> {
  const store = createDraftStore(place);
  const closing = new AbortController();
  let id = draftId(owner.userId, owner.form, owner.tab.read());
  if (!(await holdLock(id, place, closing.signal))) {
    id = draftId(owner.userId, owner.form, owner.tab.renew());
    await holdLock(id, place, closing.signal);
  }
  let gaveUp = false;
  const found = await Promise.race([findDraft(id).catch(() => null), timeout(OPEN_TIMEOUT_MS)]);
  gaveUp = true;

  async function findDraft(own: string): Promise<Draft | null> {
    const [drafts, inUse] = await Promise.all([store.listOf(owner.userId), idsInUse(place.locks)]);
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
      // Adopted and not shown, it would be overwritten by what is typed next.
      if (gaveUp) return null;
      if (await store.adopt(draft, own)) return draft;
    }
    return null;
  }

  /** What is to be written next: values, or null to forget them. */
  let waiting: { values: unknown } | null | undefined;
  let writing: Promise<void> | null = null;
  function schedule(next: { values: unknown } | null) {
    waiting = next;
    writing ??= flush().finally(() => {
      writing = null;
    });
  }
  async function flush(): Promise<void> {
    while (waiting !== undefined) {
      const next = waiting;
      waiting = undefined;
      const { userId, userSessionId, form } = owner;
      const write = next ? store.save({ id, userId, userSessionId, form, values: next.values }) : store.remove([id]);
      // Storage that is full or refused: the text is on the page all the same.
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

/** Holds a lock until `signal`; true as well where there are no locks. */
function holdLock(name: string, { locks }: DraftPlace, signal: AbortSignal): Promise<boolean> {
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

function timeout(milliseconds: number): Promise<null> {
  return new Promise((resolve) => setTimeout(() => resolve(null), milliseconds));
}
