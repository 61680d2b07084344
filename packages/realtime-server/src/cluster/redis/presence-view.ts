import type { PresenceMember } from "../../protocol/frames";

/** A change of a topic's members, as its pub/sub channel announces it; `before` is the version on which it builds. */
export type MemberChange = { before: number; version: number; replicaCount: number; userId: string; info: string };

/** A topic's members in Redis at one version. */
export type MembersSnapshot = { version: number; members: ReadonlyMap<string, { replicaCount: number; info: string }> };

type PresenceListener = { onAdded(member: PresenceMember): void; onRemoved(userId: string): void };

/**
 * The members of a topic as this process has told its clients. It follows announced changes: one that is older than its
 * version is ignored, and a gap between versions requires a new snapshot.
 */
export class PresenceView {
  readonly #members = new Map<string, PresenceMember>();
  /** The number of replicas in which each member has a socket. */
  readonly #replicaCounts = new Map<string, number>();
  /** Undefined until a snapshot is loaded: changes are queued until then. */
  #version: number | undefined;
  #queuedChanges: MemberChange[] = [];
  #versionWaits: { version: number; resolve: () => void }[] = [];
  readonly #listener: PresenceListener;

  constructor(listener: PresenceListener) {
    this.#listener = listener;
  }

  get members(): ReadonlyMap<string, PresenceMember> {
    return this.#members;
  }

  get isLoaded(): boolean {
    return this.#version !== undefined;
  }

  /**
   * Applies a change, or queues it until a snapshot is loaded.
   * @param retainMissing keeps members that have left: other replicas may not have published theirs yet
   * @returns false when there is a gap, so that a snapshot has to be loaded
   */
  apply(change: MemberChange, retainMissing: boolean): boolean {
    if (this.#version === undefined) {
      this.#queuedChanges.push(change);
      return true;
    }
    // A topic that is new in Redis builds on version 0, which continues a view without members.
    const continues = change.before === this.#version || (change.before === 0 && this.#members.size === 0);
    if (!continues) return change.version <= this.#version;
    this.#version = change.version;
    this.#set(change.userId, change.replicaCount, change.info, retainMissing);
    this.#resolveWaits();
    return true;
  }

  /** Drops the version: changes are queued until `load`. */
  suspend(): void {
    this.#version = undefined;
    this.#queuedChanges = [];
  }

  /**
   * Replaces all members by those of a snapshot, then applies queued changes.
   * @param retainMissing as in `apply`
   * @returns false when there is a gap after the snapshot
   */
  load(snapshot: MembersSnapshot, retainMissing: boolean): boolean {
    // Of two concurrent loads the first has applied later changes already.
    if (this.#version !== undefined && snapshot.version < this.#version) return true;
    for (const [userId, { replicaCount, info }] of snapshot.members)
      this.#set(userId, replicaCount, info, retainMissing);
    for (const userId of [...this.#members.keys()]) {
      if (!snapshot.members.has(userId)) this.#set(userId, 0, "", retainMissing);
    }
    this.#version = snapshot.version;
    const queued = this.#queuedChanges;
    this.#queuedChanges = [];
    const isComplete = queued.every((change) => this.apply(change, retainMissing));
    if (isComplete) this.#resolveWaits();
    return isComplete;
  }

  /** Adds a member of this process while Redis is away. */
  enterOffline(member: PresenceMember): void {
    this.#replicaCounts.set(member.userId, (this.#replicaCounts.get(member.userId) ?? 0) + 1);
    this.#add(member);
  }

  /** Removes a member of this process while Redis is away, unless another replica has them too. */
  exitOffline(userId: string): void {
    const replicaCount = (this.#replicaCounts.get(userId) ?? 1) - 1;
    if (replicaCount > 0) this.#replicaCounts.set(userId, replicaCount);
    else this.#remove(userId);
  }

  /** Resolves when this version is applied, or when `releaseWaits` is called. */
  waitForVersion(version: number): Promise<void> {
    if (this.#version !== undefined && this.#version >= version) return Promise.resolve();
    return new Promise((resolve) => this.#versionWaits.push({ version, resolve }));
  }

  /** Resolves every wait for a version. */
  releaseWaits(): void {
    for (const { resolve } of this.#versionWaits.splice(0)) resolve();
  }

  #set(userId: string, replicaCount: number, info: string, retainMissing: boolean): void {
    if (replicaCount > 0) {
      this.#replicaCounts.set(userId, replicaCount);
      if (!this.#members.has(userId)) this.#add({ userId, info: decodeInfo(info) });
    } else if (!retainMissing) {
      this.#remove(userId);
    }
  }

  #add(member: PresenceMember): void {
    if (this.#members.has(member.userId)) return;
    this.#members.set(member.userId, member);
    this.#listener.onAdded(member);
  }

  #remove(userId: string): void {
    this.#replicaCounts.delete(userId);
    if (this.#members.delete(userId)) this.#listener.onRemoved(userId);
  }

  #resolveWaits(): void {
    const version = this.#version ?? 0;
    if (this.#versionWaits.length === 0) return;
    const ready = this.#versionWaits.filter((wait) => wait.version <= version);
    this.#versionWaits = this.#versionWaits.filter((wait) => wait.version > version);
    for (const { resolve } of ready) resolve();
  }
}

/** A member's info as Redis stores it: an empty string for a member without info. */
export const encodeInfo = (info: string | undefined): string => info ?? "";
export const decodeInfo = (text: string): string | undefined => text || undefined;
