import type { Logger } from "@mgs/core/logger";
import type { AppDefinition } from "./apps";
import type { Cluster } from "./cluster/cluster";
import type { FallbackTimes } from "./fallback/sessions";
import type { LaravelBridgeOptions } from "./laravel-bridge/laravel-bridge";
import type { TlsFiles } from "./tls/certificate";
import type { Webhooks } from "./webhooks/webhooks";

/** What one app allows; an app's definition may change each of them. Sizes in bytes. */
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

/** What one process allows; times in milliseconds, sizes in bytes. */
export type Limits = AppLimits & {
  /** Silence after which a client is asked whether it is there; told to clients in whole seconds, 1 at least. */
  activityTimeoutMs: number;
  /** Time a client has to answer that question. */
  pongTimeoutMs: number;
  /** Largest WebSocket frame a client may send. */
  maxFrameBytes: number;
  /** Unsent bytes at which a slow client is closed. */
  maxUnsentBytes: number;
  maxConnections: number;
  /** Connections from one client address, as a trusted proxy tells it. */
  maxConnectionsPerAddress: number;
  /** Messages of any kind that one connection may send in a second; it is closed with 4100 above it. */
  maxMessagesPerSecond: number;
  maxHttpBodyBytes: number;
  /** How long a stopping server says "not ready" while it still serves, so that a load balancer can turn away. */
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

export type RealtimeServerOptions = {
  apps: readonly AppDefinition[];
  /** Unset: every address of the machine, IPv6 and IPv4, so that `localhost` works by either. */
  host?: string | undefined;
  limits?: Partial<Limits>;
  /** Bearer token of `/metrics` and `/stats`; unset: there are none. */
  metricsToken?: string | undefined;
  /** Unset: this process is alone. */
  cluster?: Cluster | undefined;
  /** A Laravel back end whose broadcasts through Redis reach the subscribers of an app; unset: none. */
  laravel?: (LaravelBridgeOptions & { appId: string }) | undefined;
  /** Of sessions of the HTTP fallback; unset times have SockJS's defaults. */
  fallbackTimes?: Partial<FallbackTimes> | undefined;
  /** Unset: sent by HTTP from this process. */
  webhooks?: Webhooks | undefined;
  /** Hears for each event how many milliseconds it took from its publisher's request until it was written. */
  onWritten?: ((milliseconds: number) => void) | undefined;
  /** Milliseconds a request has until its headers are there. Default 10 s. */
  headersTimeoutMs?: number | undefined;
  /** Milliseconds a request has until all of it is there; at least `headersTimeoutMs`. Default 30 s. */
  requestTimeoutMs?: number | undefined;
  /** Unset: nothing is logged. */
  logger?: Logger;
  /** Unset: plain HTTP and WebSocket, for a proxy in front that has the certificate. */
  tls?: TlsFiles | undefined;
  /** How often the certificate's files are looked at, in milliseconds. Default 2000. */
  certificatePollMs?: number | undefined;
  /** Addresses and ranges whose `X-Forwarded-*` headers are believed. Default none. */
  trustedProxies?: readonly string[] | undefined;
  /** An address of their own for health, metrics and statistics; port 0 for a free one. */
  operations?: { host: string; port: number } | undefined;
  /** Logs every frame, secrets masked. Default false. */
  debug?: boolean | undefined;
};
