import type { Logger } from "@mgs/core/logger";
import type { App } from "./apps";

/** What one process allows; times in milliseconds, sizes in bytes. */
export type Limits = {
  /** Silence after which a client is asked whether it is there; told to clients in whole seconds, 1 at least. */
  activityTimeoutMs: number;
  /** Time a client has to answer that question. */
  pongTimeoutMs: number;
  /** Largest WebSocket frame a client may send. */
  maxFrameBytes: number;
  /** Unsent bytes at which a slow client is closed. */
  maxUnsentBytes: number;
  maxConnections: number;
  maxEventBytes: number;
  maxEventNameLength: number;
  maxChannelsPerEvent: number;
  maxEventsPerBatch: number;
  maxHttpBodyBytes: number;
  maxClientEventsPerSecond: number;
  maxPresenceMembers: number;
  maxMemberBytes: number;
  maxUserIdLength: number;
  maxSubscriptionsPerConnection: number;
  /** How long a stopping server says "not ready" while it still serves, so that a load balancer can turn away. */
  drainDelayMs: number;
  /** How long a stopping server waits for clients to acknowledge their close. */
  closeGraceMs: number;
};

export const defaultLimits: Limits = {
  activityTimeoutMs: 120_000,
  pongTimeoutMs: 30_000,
  maxFrameBytes: 64 * 1024,
  maxUnsentBytes: 1024 * 1024,
  maxConnections: 100_000,
  maxEventBytes: 10 * 1024,
  maxEventNameLength: 200,
  maxChannelsPerEvent: 100,
  maxEventsPerBatch: 10,
  maxHttpBodyBytes: 256 * 1024,
  maxClientEventsPerSecond: 10,
  maxPresenceMembers: 100,
  maxMemberBytes: 1024,
  maxUserIdLength: 128,
  maxSubscriptionsPerConnection: 1_000,
  drainDelayMs: 0,
  closeGraceMs: 3_000,
};

export type RealtimeServerOptions = {
  apps: readonly App[];
  /** Unset: every address of the machine, IPv6 and IPv4, so that `localhost` works by either. */
  host?: string | undefined;
  limits?: Partial<Limits>;
  /** Bearer token of `/metrics`; unset: there is none. */
  metricsToken?: string | undefined;
  /** Unset: nothing is logged. */
  logger?: Logger;
};
