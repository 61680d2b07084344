import { browserDatabases, committed, type Databases, deleteUntil, openDatabase } from "../browser/databases";

/** What claims need of a browser. */
export type ClaimPlace = {
  databases: Databases | undefined;
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

async function addClaims(databases: Databases, ids: readonly string[], at: number): Promise<string[]> {
  const database = await openDatabase(databases, NAME, (made) =>
    made.createObjectStore(STORE, { keyPath: "id" }).createIndex(BY_AGE, BY_AGE),
  );
  try {
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
    deleteUntil(claims.index(BY_AGE), at - KEPT_FOR);
    await committed(transaction);
    return mine;
  } finally {
    database.close();
  }
}

/** This browser's place of claims. */
export function browserClaims(): ClaimPlace {
  return { databases: browserDatabases(), now: Date.now };
}
