/** What claims need of a browser; `databases` may be missing (old browsers) or refuse (some private windows). */
export type ClaimPlace = {
  databases: Pick<IDBFactory, "open"> | undefined;
  now: () => number;
};

const NAME = "mgs-toasts";
const STORE = "claims";
const BY_AGE = "at";
const KEPT_FOR = 7 * 24 * 3_600_000;

/**
 * Claims toasts for this tab. A claim is for good: no tab of this portal shows that notification as a toast again.
 * It is the adding of a key in an IndexedDB transaction, which succeeds in one tab only. (Not localStorage under a Web
 * Lock: tabs are processes, and what one writes is seen by the other some time after it released the lock.) Without
 * IndexedDB there is nothing to agree by, and the tab just shows.
 * @returns the ids that are this tab's to show
 */
export async function claimToasts(ids: readonly string[], { databases, now }: ClaimPlace): Promise<string[]> {
  try {
    return databases ? await addClaims(databases, ids, now()) : [...ids];
  } catch {
    return [...ids];
  }
}

async function addClaims(databases: Pick<IDBFactory, "open">, ids: readonly string[], at: number): Promise<string[]> {
  const database = await openClaims(databases);
  try {
    return await new Promise((resolve, reject) => {
      const mine: string[] = [];
      const transaction = database.transaction(STORE, "readwrite");
      const claims = transaction.objectStore(STORE);
      for (const id of ids) {
        const request = claims.add({ id, at });
        request.onsuccess = () => void mine.push(id);
        request.onerror = (event) => {
          // Another tab was first: that is an answer, and no reason to undo the rest.
          if (request.error?.name === "ConstraintError") event.preventDefault();
        };
      }
      forgetUntil(claims, at - KEPT_FOR);
      transaction.oncomplete = () => resolve(mine);
      transaction.onabort = () => reject(transaction.error);
    });
  } finally {
    database.close();
  }
}

function forgetUntil(claims: IDBObjectStore, at: number): void {
  const old = claims.index(BY_AGE).openCursor(IDBKeyRange.upperBound(at));
  old.onsuccess = () => {
    old.result?.delete();
    old.result?.continue();
  };
}

function openClaims(databases: Pick<IDBFactory, "open">): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = databases.open(NAME, 1);
    request.onupgradeneeded = () =>
      request.result.createObjectStore(STORE, { keyPath: "id" }).createIndex(BY_AGE, BY_AGE);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** This browser's place of claims. */
export function browserClaims(): ClaimPlace {
  let databases: IDBFactory | undefined;
  try {
    databases = window.indexedDB;
  } catch {
    // The browser refuses storage to this page.
  }
  return { databases, now: Date.now };
}
