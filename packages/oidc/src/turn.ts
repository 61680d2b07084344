import { AsyncLocalStorage } from "node:async_hooks";
import { sha256 } from "@mgs/core/crypto";
import type { LiveUserSession } from "@mgs/identity/sessions/user-sessions.repository";
import type { User } from "@mgs/identity/users.repository";
import type { KoaContextWithOIDC } from "oidc-provider";
import type { Replay } from "./refresh-replays.repository";
import type { StoredPayload } from "./stored-payload";

export type PendingPayload = { model: string; id: string; payload: StoredPayload; expiresIn: number | undefined };

/** A client whose part of a session ends, as its logout token names it. */
export type LoggedOut = { client_id: string; sub: string; sid: string };

/** A payload that this request has read: its content, and the stored text, by which a change since is noticed. */
type Seen = { content: string; stored: string };

/**
 * One request to the provider: what it has read, so that nothing is asked twice, and what it will write, so that all of
 * it is one statement and one commit, made before anybody is answered.
 */
export class Turn {
  readonly saves = new Map<string, PendingPayload>();
  readonly removals = new Map<string, { model: string; id: string }>();
  /** The one code or token that this request uses up. */
  consumed: { model: string; id: string; grantId: string } | null = null;
  replay: Replay | null = null;
  /** Clients that the library would tell of a logout. */
  readonly loggedOut: LoggedOut[] = [];
  /** The library has caught an error that is nobody's fault but ours, and answers it: nothing of this is to be written. */
  failed = false;
  readonly #seen = new Map<string, Seen>();
  /** Identifiers of provider sessions that were read along with what hangs on them, by their `uid`. */
  readonly #sessionHashes = new Map<string, string>();
  readonly #users = new Map<number, User | null>();
  readonly #sessions = new Map<string, LiveUserSession | null>();

  readonly #asked = new Map<string, Promise<unknown>>();

  constructor(
    /** The request, where this is one. */
    readonly context: KoaContextWithOIDC | null = null,
  ) {}

  /** Asks once, however many want to know. @param key names what is asked for, and so its type */
  once<T>(key: string, ask: () => Promise<T>): Promise<T> {
    const asked = (this.#asked.get(key) as Promise<T> | undefined) ?? ask();
    this.#asked.set(key, asked);
    return asked;
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

  /** @throws Error when this request has used up another one */
  consume(model: string, id: string): void {
    if (this.consumed) throw new Error(`a request uses up one code or token, not a ${model} as well`);
    this.consumed = { model, id, grantId: this.find(model, id)?.grantId ?? "" };
  }

  /** Forgets what was to be saved for a grant that is revoked, and what was read of it; sessions belong to no grant. */
  dropGrant(grantId: string): void {
    for (const [key, { payload }] of this.saves) if (payload.grantId === grantId) this.saves.delete(key);
    for (const key of this.#seen.keys()) if (!key.startsWith("Session ")) this.#seen.delete(key);
    this.#asked.clear();
  }

  /** What this request wrote or read under an identifier; undefined when it has to be asked for. */
  find(model: string, id: string): StoredPayload | null | undefined {
    const key = keyOf(model, id);
    const saved = this.saves.get(key);
    if (saved) return structuredClone(saved.payload);
    if (this.removals.has(key)) return null;
    return this.#read(key);
  }

  /** The provider session that what this request read hangs on; undefined when it has to be asked for. */
  findSession(uid: string): StoredPayload | undefined {
    const idHash = this.#sessionHashes.get(uid);
    return idHash === undefined ? undefined : this.#read(`Session ${idHash}`);
  }

  #read(key: string): StoredPayload | undefined {
    const seen = this.#seen.get(key);
    return seen && JSON.parse(seen.content);
  }

  saw(model: string, idHash: string, seen: Seen): void {
    this.#seen.set(`${model} ${idHash}`, seen);
  }

  sawSessionOf(uid: string, idHash: string, seen: Seen): void {
    this.#sessionHashes.set(uid, idHash);
    this.saw("Session", idHash, seen);
  }

  /** The stored text of what this request read; null when there was nothing. */
  storedText(model: string, id: string): string | null {
    return this.#seen.get(keyOf(model, id))?.stored ?? null;
  }

  /** What this request read under an identifier, before it changed anything; null when there was nothing. */
  readContent(model: string, id: string): StoredPayload | null {
    return this.#read(keyOf(model, id)) ?? null;
  }

  sawUser(id: number, user: User | null): void {
    this.#users.set(id, user);
  }

  user(id: number): User | null | undefined {
    return this.#users.get(id);
  }

  sawSession(uid: string, session: LiveUserSession | null): void {
    this.#sessions.set(uid, session);
  }

  session(uid: string): LiveUserSession | null | undefined {
    return this.#sessions.get(uid);
  }
}

const keyOf = (model: string, id: string): string => `${model} ${sha256(id)}`;

const turns = new AsyncLocalStorage<Turn>();

/** The request to the provider that is being answered; undefined for a call from elsewhere, which writes at once. */
export function currentTurn(): Turn | undefined {
  return turns.getStore();
}

export function runTurn<T>(turn: Turn, work: () => Promise<T>): Promise<T> {
  return turns.run(turn, work);
}
