import { committed, type Databases, openDatabase } from "../browser/databases";

/** A text that somebody has sent and the server has not taken yet. */
export type OutboxEntry = {
  /** Made by the client. The server writes what carries it once; a change, which sets a state, has it for the queue alone. */
  id: string;
  userId: number;
  /** Entries of one lane are sent in their order: the comments on one record, the messages of one conversation. */
  lane: string;
  /** Without it: `POST`. */
  method?: "PUT" | undefined;
  path: string;
  /** The request's JSON; that of something new holds `id`. */
  body: Readonly<Record<string, unknown>>;
  /** What the part of the page that shows it needs beside the body. It is not sent. */
  note?: Readonly<Record<string, unknown>> | undefined;
  /** Where it was written, which leads back to it. */
  page?: { path: string; title: string } | undefined;
  /** When it was written: Unix time in milliseconds. */
  at: number;
  /** Null: it waits. Else the server has refused it, and it stays until its author decides. */
  refusal: OutboxRefusal | null;
};

export type OutboxRefusal = {
  code: string;
  message: string;
  /** What a client needs to go on, as the answer had it. */
  data?: Readonly<Record<string, unknown>> | undefined;
};

type StoredEntry = OutboxEntry & { order?: number };

const NAME = "mgs-outbox";
const STORE = "entries";
const BY_LANE = "lane";

/** What the queue keeps its entries in; without IndexedDB they last as long as the page. */
export type OutboxStore = {
  add(entry: OutboxEntry): Promise<void>;
  /** The entries of a person's lane, in their order. */
  list(userId: number, lane: string): Promise<OutboxEntry[]>;
  /** All lanes of a person with entries. */
  lanes(userId: number): Promise<string[]>;
  update(entry: OutboxEntry): Promise<void>;
  remove(id: string): Promise<void>;
  close(): void;
};

/** Opens the store of this origin. Each call is a transaction, so that tabs may call at the same time. */
export function createOutboxStore(databases: Databases | undefined): OutboxStore {
  if (databases === undefined) return createMemoryStore();
  let opened: Promise<IDBDatabase> | undefined;
  const open = () => {
    opened ??= openDatabase(databases, NAME, (made) => {
      const store = made.createObjectStore(STORE, { keyPath: "order", autoIncrement: true });
      store.createIndex(BY_LANE, ["userId", "lane"]);
      store.createIndex("id", "id", { unique: true });
      store.createIndex("userId", "userId");
    }).catch((error: unknown) => {
      // A disk that was full may have room at the next try.
      opened = undefined;
      throw error;
    });
    return opened;
  };

  async function read<T>(ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const transaction = (await open()).transaction(STORE);
    const request = ask(transaction.objectStore(STORE));
    await committed(transaction);
    return request.result;
  }

  /** Changes the row of an entry, where there is one. */
  async function change(id: string, act: (store: IDBObjectStore, row: StoredEntry) => void): Promise<void> {
    const transaction = (await open()).transaction(STORE, "readwrite");
    const store = transaction.objectStore(STORE);
    const request = store.index("id").get(id) as IDBRequest<StoredEntry | undefined>;
    request.onsuccess = () => {
      if (request.result !== undefined) act(store, request.result);
    };
    await committed(transaction);
  }

  return {
    async add(entry) {
      const transaction = (await open()).transaction(STORE, "readwrite");
      transaction.objectStore(STORE).add(entry);
      await committed(transaction);
    },
    async list(userId, lane) {
      const rows = await read<StoredEntry[]>((store) => store.index(BY_LANE).getAll([userId, lane]));
      return rows.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
    },
    async lanes(userId) {
      const rows = await read<StoredEntry[]>((store) => store.index("userId").getAll(userId));
      return [...new Set(rows.map(({ lane }) => lane))];
    },
    update: (entry) => change(entry.id, (store, row) => void store.put({ ...row, ...entry })),
    remove: (id) => change(id, (store, row) => void store.delete(row.order ?? 0)),
    close: () => void opened?.then((database) => database.close()).catch(() => undefined),
  };
}

function createMemoryStore(): OutboxStore {
  let entries: OutboxEntry[] = [];
  return {
    add: async (entry) => void entries.push(entry),
    list: async (userId, lane) => entries.filter((one) => one.userId === userId && one.lane === lane),
    lanes: async (userId) => [...new Set(entries.filter((one) => one.userId === userId).map(({ lane }) => lane))],
    update: async (entry) => {
      entries = entries.map((one) => (one.id === entry.id ? entry : one));
    },
    remove: async (id) => {
      entries = entries.filter((one) => one.id !== id);
    },
    close: () => undefined,
  };
}
