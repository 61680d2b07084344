import type { RedisContext } from "./context";
import { CLAIM, DONE, ENDED, HOLD, SETTLE } from "./scripts";
import type { Session } from "./session";

/** Longest time in milliseconds until someone else tells what a process took and never told. */
const LEASE_MS = 10_000;
const CLAIMED_AT_ONCE = 200;

/**
 * Ends that webhooks tell after a while, unless what ended has returned: in Redis, so that any replica tells them, and
 * one only.
 */
export type Dues = {
  /**
   * Resolves when the ends of a channel, or of users in it, are held; none is nothing to do.
   * @param milliseconds until they are told
   * @throws Error when the session ends
   */
  hold(session: Session, milliseconds: number, ends: Ends): Promise<void>;
  /**
   * Holds what has ended and was never told: whoever changed it may have died before it was held.
   * @throws Error when the session ends
   */
  holdUntold(session: Session, milliseconds: number, appId: string, channel: string): Promise<void>;
  stop(): void;
};

export type Ends = {
  readonly appId: string;
  readonly channel: string;
  readonly isVacated: boolean;
  /** Who is gone, by id. */
  readonly left: readonly string[];
};

export function createDues(context: RedisContext): Dues {
  const { keys, timings } = context;
  let isSweeping = false;
  const timer = setInterval(() => void sweep(), Math.min(500, Math.max(20, timings.holdMs / 4)));
  timer.unref();

  async function sweep(): Promise<void> {
    const { session } = context;
    if (session === undefined || isSweeping) return;
    isSweeping = true;
    try {
      const answer = await session.runScript(CLAIM, [keys.dues], [LEASE_MS, CLAIMED_AT_ONCE]);
      const [lease = "", ...names] = answer as string[];
      if (names.length === 0) return;
      await Promise.all(names.map((name) => settle(name, session)));
      await session.runScript(DONE, [keys.dues], [lease, ...names]);
    } catch {
      // The session has ended; what was taken is due again when the lease is over.
    } finally {
      isSweeping = false;
    }
  }

  async function settle(name: string, session: Session): Promise<void> {
    const { appId, channel, userId } = readName(name);
    const isEnded = await session.runScript(SETTLE, [keys.state(appId, channel)], userId === undefined ? [] : [userId]);
    if (isEnded !== 1) return;
    if (userId === undefined) context.receiver.raise(appId, { name: "channel_vacated", channel });
    else context.receiver.raise(appId, { name: "member_removed", channel, user_id: userId });
  }

  async function hold(session: Session, milliseconds: number, ends: Ends): Promise<void> {
    const channel = `${encodeURIComponent(ends.appId)} ${ends.channel}`;
    const names = [...(ends.isVacated ? [channel] : []), ...ends.left.map((userId) => `${channel} ${userId}`)];
    if (names.length > 0) await session.runScript(HOLD, [keys.dues], [milliseconds, ...names]);
  }

  return {
    hold,
    async holdUntold(session, milliseconds, appId, channel) {
      const answer = await session.runScript(ENDED, [keys.state(appId, channel)], []);
      const [vacated, ...left] = answer as [number, ...string[]];
      await hold(session, milliseconds, { appId, channel, isVacated: vacated === 1, left });
    },
    stop() {
      clearInterval(timer);
    },
  };
}

/** Neither an encoded app id nor a channel's name has a space. */
function readName(name: string): { appId: string; channel: string; userId: string | undefined } {
  const [appId = "", channel = "", ...rest] = name.split(" ");
  return { appId: decodeURIComponent(appId), channel, userId: rest.length === 0 ? undefined : rest.join(" ") };
}
