import { AsyncLocalStorage } from "node:async_hooks";
import { sha256 } from "@mgs/core/crypto";
import type { LiveUserSession } from "@mgs/identity/sessions/user-sessions.repository";
import type { User } from "@mgs/identity/users.repository";
import type { KoaContextWithOIDC } from "oidc-provider";
import type { Replay } from "./refresh-replays.repository";
import type { StoredPayload } from "./stored-payload";

/** @property expiresIn seconds; undefined keeps the payload until it is destroyed */
export type PendingPayload = { model: string; id: string; payload: StoredPayload; expiresIn: number | undefined };

/** A client that a logout ends the session of, as its logout token names it. */
export type ClientLogout = { client_id: string; sub: string; sid: string };

/** A payload that this request has read. `version` is the stored text: it differs after every write. */
type CachedPayload = { content: string; version: string };

/**
 * What one request to the provider reads and writes. Reads are cached, so that nothing is read twice; writes are pending
 * until `commitUnitOfWork` makes them in one statement and one commit, before the answer leaves.
 */
export class ProviderUnitOfWork {
  readonly saves = new Map<string, PendingPayload>();
  readonly removals = new Map<string, { model: string; id: string }>();
  /** The one code or token that this request consumes. */
  consumed: { model: string; id: string; grantId: string } | null = null;
  replay: Replay | null = null;
  /** Clients that the library would send a logout token to. */
  readonly clientLogouts: ClientLogout[] = [];
  #isRolledBack = false;
  readonly #payloads = new Map<string, CachedPayload>();
  /** Hashed identifiers of the provider sessions in `#payloads`, by their `uid`. */
  readonly #sessionHashes = new Map<string, string>();
  readonly #users = new Map<number, User | null>();
  readonly #userSessions = new Map<string, LiveUserSession | null>();
  readonly #loads = new Map<string, Promise<unknown>>();

  constructor(
    /** The request; null for work outside a request. */
    readonly context: KoaContextWithOIDC | null = null,
  ) {}

  /** Whether the pending writes are to be discarded. */
  get isRolledBack(): boolean {
    return this.#isRolledBack;
  }

  /** Discards the pending writes, as after a server_error: the library has answered it by then. */
  rollBack(): void {
    this.#isRolledBack = true;
  }

  /** Loads once, however many callers ask. @param key names what is loaded, and so its type */
  loadOnce<T>(key: string, load: () => Promise<T>): Promise<T> {
    const loaded = (this.#loads.get(key) as Promise<T> | undefined) ?? load();
    this.#loads.set(key, loaded);
    return loaded;
  }

  save(pending: PendingPayload): void {
    const key = keyOf(pending.model, pending.id);
    this.removals.delete(key);
    this.saves.set(key, pending);
  }

  remove(model: string, id: string): void {
    const key = keyOf(model, id);
    this.saves.delete(key);
    this.removals.set(key, { model, id });
  }

  /** @throws Error when this request consumes another code or token already */
  consume(model: string, id: string): void {
    if (this.consumed) throw new Error(`a request consumes one code or token, not a ${model} as well`);
    this.consumed = { model, id, grantId: this.find(model, id)?.grantId ?? "" };
  }

  /** Discards what is pending for a revoked grant, and the cache of what belongs to grants: all but sessions. */
  discardGrant(grantId: string): void {
    for (const [key, { payload }] of this.saves) if (payload.grantId === grantId) this.saves.delete(key);
    for (const key of this.#payloads.keys()) if (!key.startsWith("Session ")) this.#payloads.delete(key);
    this.#loads.clear();
  }

  /** The pending or cached payload of an identifier; null when it is removed, undefined when it must be loaded. */
  find(model: string, id: string): StoredPayload | null | undefined {
    const key = keyOf(model, id);
    const saved = this.saves.get(key);
    if (saved) return structuredClone(saved.payload);
    if (this.removals.has(key)) return null;
    return this.#read(key);
  }

  /** The cached provider session of a `uid`; undefined when it must be loaded. */
  findProviderSession(uid: string): StoredPayload | undefined {
    const idHash = this.#sessionHashes.get(uid);
    return idHash === undefined ? undefined : this.#read(`Session ${idHash}`);
  }

  #read(key: string): StoredPayload | undefined {
    const cached = this.#payloads.get(key);
    return cached && JSON.parse(cached.content);
  }

  cachePayload(model: string, idHash: string, payload: CachedPayload): void {
    this.#payloads.set(`${model} ${idHash}`, payload);
  }

  cacheProviderSession(uid: string, idHash: string, payload: CachedPayload): void {
    this.#sessionHashes.set(uid, idHash);
    this.cachePayload("Session", idHash, payload);
  }

  /** The version of a payload that this request has read; null when it has read none. */
  versionOf(model: string, id: string): string | null {
    return this.#payloads.get(keyOf(model, id))?.version ?? null;
  }

  /** A payload as this request has read it, before its own changes; null when it has read none. */
  originalOf(model: string, id: string): StoredPayload | null {
    return this.#read(keyOf(model, id)) ?? null;
  }

  cacheUser(id: number, user: User | null): void {
    this.#users.set(id, user);
  }

  /** A cached person; undefined when they must be loaded. */
  findUser(id: number): User | null | undefined {
    return this.#users.get(id);
  }

  cacheUserSession(uid: string, session: LiveUserSession | null): void {
    this.#userSessions.set(uid, session);
  }

  /** The cached user session of a provider session's `uid`; undefined when it must be loaded. */
  findUserSession(uid: string): LiveUserSession | null | undefined {
    return this.#userSessions.get(uid);
  }
}

const keyOf = (model: string, id: string): string => `${model} ${sha256(id)}`;

const storage = new AsyncLocalStorage<ProviderUnitOfWork>();

/** The unit of work of the request that is being answered; undefined outside a request, where writes are made at once. */
export function currentUnitOfWork(): ProviderUnitOfWork | undefined {
  return storage.getStore();
}

export function runInUnitOfWork<T>(unit: ProviderUnitOfWork, work: () => Promise<T>): Promise<T> {
  return storage.run(unit, work);
}
