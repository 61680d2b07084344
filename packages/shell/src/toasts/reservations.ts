import { browserDatabases, committed, type Databases, deleteUntil, openDatabase } from "../browser/databases";

/** The parts of a browser that reservations use. */
export type ReservationStorage = {
  databases: Databases | undefined;
  now: () => number;
};

const NAME = "mgs-toasts";
/** Browsers of earlier releases hold their reservations under this name. */
const STORE = "claims";
const BY_AGE = "at";
const RESERVATION_TTL_MS = 7 * 24 * 3_600_000;

/**
 * Reserves toasts for this tab, for good: no tab of this portal shows that notification as a toast again. A reservation adds a
 * key in an IndexedDB transaction, which succeeds in one tab only. (localStorage under a Web Lock would not do: tabs are
 * processes, and one may see the other's write some time after it has released the lock.) In a browser without IndexedDB
 * every tab shows its toasts.
 * @returns the ids that this tab shows
 */
export async function reserveToasts(ids: readonly string[], { databases, now }: ReservationStorage): Promise<string[]> {
  try {
    return databases ? await addReservations(databases, ids, now()) : [...ids];
  } catch {
    return [...ids];
  }
}

async function addReservations(databases: Databases, ids: readonly string[], at: number): Promise<string[]> {
  const database = await openDatabase(databases, NAME, (made) =>
    made.createObjectStore(STORE, { keyPath: "id" }).createIndex(BY_AGE, BY_AGE),
  );
  try {
    const reserved: string[] = [];
    const transaction = database.transaction(STORE, "readwrite");
    const reservations = transaction.objectStore(STORE);
    for (const id of ids) {
      const request = reservations.add({ id, at });
      request.onsuccess = () => void reserved.push(id);
      request.onerror = (event) => {
        // Another tab has reserved this toast: the other reservations of the transaction stay.
        if (request.error?.name === "ConstraintError") event.preventDefault();
      };
    }
    deleteUntil(reservations.index(BY_AGE), at - RESERVATION_TTL_MS);
    await committed(transaction);
    return reserved;
  } finally {
    database.close();
  }
}

/** Returns the storage of this browser. */
export function browserReservationStorage(): ReservationStorage {
  return { databases: browserDatabases(), now: Date.now };
}
