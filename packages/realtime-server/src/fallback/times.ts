/** The times of the HTTP fallback, in milliseconds. */
export type FallbackTimes = {
  /** Silence after which an open request gets a heartbeat, so that no proxy ends it. */
  heartbeatMs: number;
  /** How long a client may be without an open request before its session ends. */
  disconnectMs: number;
};

/** As SockJS has them. */
export const defaultFallbackTimes: FallbackTimes = { heartbeatMs: 25_000, disconnectMs: 5_000 };
