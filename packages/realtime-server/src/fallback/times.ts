/** The times of the HTTP fallback, in milliseconds. */
export type FallbackTimes = {
  /** Silence after which a waiting request is sent something, so that no proxy ends it. */
  heartbeatMs: number;
  /** How long a client may be without a request that waits, before it counts as gone. */
  disconnectMs: number;
};

/** As SockJS has them. */
export const defaultFallbackTimes: FallbackTimes = { heartbeatMs: 25_000, disconnectMs: 5_000 };
