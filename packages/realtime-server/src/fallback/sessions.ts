import { createStallTolerantClock } from "../clock/stall-tolerant-clock";
import type { ClientSession } from "../socket/client-session";
import type { FallbackTransport } from "./fallback-transport";
import type { SerialQueue } from "./serial-queue";
import { defaultFallbackTimes, type FallbackTimes } from "./times";

/** One client of the fallback. */
export type FallbackSession = {
  readonly client: ClientSession;
  readonly transport: FallbackTransport;
  /** Its requests with messages, handled one after the other. */
  readonly incoming: SerialQueue;
};

export type FallbackSessions = {
  get(id: string): FallbackSession | undefined;
  add(id: string, session: FallbackSession): void;
  all(): Iterable<FallbackSession>;
  stop(): void;
};

/** The sessions of one process. One timer for all of them, which runs while there are some. */
export function createFallbackSessions(given: Partial<FallbackTimes> = {}): FallbackSessions {
  const times = { ...defaultFallbackTimes, ...given };
  const period = Math.max(10, Math.min(times.heartbeatMs, times.disconnectMs) / 10);
  const sessions = new Map<string, FallbackSession>();
  const stallTolerantNow = createStallTolerantClock(period);
  let timer: NodeJS.Timeout | undefined;

  function sweep(): void {
    const now = performance.now();
    const attendedNow = stallTolerantNow();
    for (const [id, { transport }] of sessions) {
      if (!transport.checkTimeouts(now, attendedNow, times)) sessions.delete(id);
    }
    if (sessions.size === 0) stop();
  }

  function stop(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    get(id) {
      const session = sessions.get(id);
      return session?.transport.isDiscarded ? undefined : session;
    },
    add(id, session) {
      sessions.set(id, session);
      timer ??= setInterval(sweep, period).unref();
    },
    all: () => sessions.values(),
    stop,
  };
}
