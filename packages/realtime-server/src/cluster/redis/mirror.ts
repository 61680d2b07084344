import type { PresenceMember } from "../../protocol/frames";

/** A change of who is present, as a topic's pub/sub channel announces it. */
export type MemberChange = { before: number; version: number; held: number; userId: string; info: string };

/** All that Redis knows of a topic's members at one version. */
export type MembersSnapshot = { version: number; members: ReadonlyMap<string, { held: number; info: string }> };

type Tell = { added(member: PresenceMember): void; removed(userId: string): void };

/**
 * Who is present in a topic, as this process has told its clients. It follows the announcements, each of which says on
 * which version it builds: what is known already is passed over, and a gap asks for all of it anew.
 */
export class Mirror {
  readonly #members = new Map<string, PresenceMember>();
  /** In how many replicas each of them is. */
  readonly #held = new Map<string, number>();
  /** Undefined while it does not know: then changes wait. */
  #version: number | undefined;
  #waiting: MemberChange[] = [];
  #reached: { version: number; resolve: () => void }[] = [];
  readonly #tell: Tell;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  get present(): ReadonlyMap<string, PresenceMember> {
    return this.#members;
  }

  get isLoaded(): boolean {
    return this.#version !== undefined;
  }

  /**
   * @param keepsGone whoever has left stays for now, because other replicas may not have told of theirs yet
   * @returns false when there is a gap and everything has to be loaded
   */
  apply(change: MemberChange, keepsGone: boolean): boolean {
    if (this.#version === undefined) {
      this.#waiting.push(change);
      return true;
    }
    // What begins anew in Redis builds on nothing: right when nobody is here either.
    const continues = change.before === this.#version || (change.before === 0 && this.#members.size === 0);
    if (!continues) return change.version <= this.#version;
    this.#version = change.version;
    this.#set(change.userId, change.held, change.info, keepsGone);
    this.#wake();
    return true;
  }

  /** Forgets the version: what comes from now on waits for `load`. */
  suspend(): void {
    this.#version = undefined;
    this.#waiting = [];
  }

  /**
   * Takes over everything, then what came meanwhile.
   * @param keepsGone as in `apply`
   * @returns false when there is a gap all the same
   */
  load(snapshot: MembersSnapshot, keepsGone: boolean): boolean {
    // Two loads at once: the first one's answer and what came after it are more than this one knew.
    if (this.#version !== undefined && snapshot.version < this.#version) return true;
    for (const [userId, { held, info }] of snapshot.members) this.#set(userId, held, info, keepsGone);
    for (const userId of [...this.#members.keys()]) {
      if (!snapshot.members.has(userId)) this.#set(userId, 0, "", keepsGone);
    }
    this.#version = snapshot.version;
    const waiting = this.#waiting;
    this.#waiting = [];
    const isWhole = waiting.every((change) => this.apply(change, keepsGone));
    if (isWhole) this.#wake();
    return isWhole;
  }

  /** A user enters here while Redis is away. */
  enterAlone(member: PresenceMember): void {
    this.#held.set(member.userId, (this.#held.get(member.userId) ?? 0) + 1);
    this.#add(member);
  }

  /** A user leaves here while Redis is away: gone, unless another replica had them as well. */
  exitAlone(userId: string): void {
    const held = (this.#held.get(userId) ?? 1) - 1;
    if (held > 0) this.#held.set(userId, held);
    else this.#remove(userId);
  }

  /** Resolves when this version is told, or when `giveUp` is called. */
  reach(version: number): Promise<void> {
    if (this.#version !== undefined && this.#version >= version) return Promise.resolve();
    return new Promise((resolve) => this.#reached.push({ version, resolve }));
  }

  giveUp(): void {
    for (const { resolve } of this.#reached.splice(0)) resolve();
  }

  #set(userId: string, held: number, info: string, keepsGone: boolean): void {
    if (held > 0) {
      this.#held.set(userId, held);
      if (!this.#members.has(userId)) this.#add({ userId, info: decodeInfo(info) });
    } else if (!keepsGone) {
      this.#remove(userId);
    }
  }

  #add(member: PresenceMember): void {
    if (this.#members.has(member.userId)) return;
    this.#members.set(member.userId, member);
    this.#tell.added(member);
  }

  #remove(userId: string): void {
    this.#held.delete(userId);
    if (this.#members.delete(userId)) this.#tell.removed(userId);
  }

  #wake(): void {
    const version = this.#version ?? 0;
    if (this.#reached.length === 0) return;
    const ready = this.#reached.filter((wait) => wait.version <= version);
    this.#reached = this.#reached.filter((wait) => wait.version > version);
    for (const { resolve } of ready) resolve();
  }
}

/** What a member's info is in Redis; a member without info has none there either. */
export const encodeInfo = (info: string | undefined): string => info ?? "";
export const decodeInfo = (text: string): string | undefined => text || undefined;
