/** Limits of one app; its definition may change each of them. Sizes in bytes. */
export type AppLimits = {
  /** Connections of the app in each process: of N replicas, N times as many. Those that have departed do not count. */
  maxAppConnections: number;
  maxEventBytes: number;
  maxEventNameLength: number;
  maxChannelsPerEvent: number;
  maxEventsPerBatch: number;
  /** Events that publishers may send in a second to one process, one for each channel; 429 above it. 0: no limit. */
  maxEventsPerSecond: number;
  /** `pusher:error` 4301 above it. */
  maxClientEventsPerSecond: number;
  /** Distinct users of a presence channel. */
  maxPresenceMembers: number;
  maxMemberBytes: number;
  maxUserIdLength: number;
  maxSubscriptionsPerConnection: number;
  /** `pusher:error` 4302 above it. */
  maxWatchlist: number;
};

/** Limits of one process; times in milliseconds, sizes in bytes. */
export type Limits = AppLimits & {
  /** Silence after which a client gets a ping; clients get it in whole seconds, 1 at least. */
  activityTimeoutMs: number;
  /** Time in which a client has to answer the ping. */
  pongTimeoutMs: number;
  /** Largest WebSocket frame a client may send. */
  maxFrameBytes: number;
  /** Unsent bytes at which a slow client is closed. */
  maxUnsentBytes: number;
  maxConnections: number;
  /** Connections from one client address, as trusted proxies forward it. */
  maxConnectionsPerAddress: number;
  /** Messages of any kind that one connection may send in a second; it is closed with 4100 above it. */
  maxMessagesPerSecond: number;
  maxHttpBodyBytes: number;
  /** How long a stopping server answers "not ready" while it still serves, so that load balancers stop sending to it. */
  drainDelayMs: number;
  /** How long a stopping server waits for clients to acknowledge their close. */
  closeGraceMs: number;
};

export const defaultLimits: Limits = {
  maxAppConnections: 100_000,
  maxEventBytes: 10 * 1024,
  maxEventNameLength: 200,
  maxChannelsPerEvent: 100,
  maxEventsPerBatch: 10,
  maxEventsPerSecond: 0,
  maxClientEventsPerSecond: 10,
  maxPresenceMembers: 100,
  maxMemberBytes: 1024,
  maxUserIdLength: 128,
  maxSubscriptionsPerConnection: 1_000,
  maxWatchlist: 100,
  activityTimeoutMs: 120_000,
  pongTimeoutMs: 30_000,
  maxFrameBytes: 64 * 1024,
  maxUnsentBytes: 1024 * 1024,
  maxConnections: 100_000,
  maxConnectionsPerAddress: 10_000,
  maxMessagesPerSecond: 1_000,
  maxHttpBodyBytes: 2 * 1024 * 1024,
  drainDelayMs: 0,
  closeGraceMs: 3_000,
};
