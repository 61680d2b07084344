/** The part of IndexedDB that the shell uses; tests pass their own. */
export type Databases = Pick<IDBFactory, "open">;

/** Returns this browser's IndexedDB; undefined in old browsers without it, and in private windows that refuse it. */
export function browserDatabases(): Databases | undefined {
  try {
    return window.indexedDB;
  } catch {
    return undefined;
  }
}

/** Opens version 1 of a database, and makes its stores when it is new. @throws the browser's error */
export function openDatabase(
  databases: Databases,
  name: string,
  createStores: (database: IDBDatabase) => void,
): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = databases.open(name, 1);
    request.onupgradeneeded = () => createStores(request.result);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Deletes the rows whose key in an index is `until` or lower. */
export function deleteUntil(index: IDBIndex, until: number): void {
  const old = index.openCursor(IDBKeyRange.upperBound(until));
  old.onsuccess = () => {
    old.result?.delete();
    old.result?.continue();
  };
}

/** Resolves when a transaction is committed. */
export function committed(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}
