import type { Logger } from "@mgs/core/logger";
import type { AppDefinition } from "./apps";
import type { Cluster } from "./cluster/cluster";
import type { FallbackTimes } from "./fallback/times";
import type { LaravelBridgeOptions } from "./laravel-bridge/laravel-bridge";
import type { Limits } from "./limits";
import type { SocketIoOptions } from "./socket-io/options";
import type { TlsFiles } from "./tls/certificate";
import type { Webhooks } from "./webhooks/webhooks";

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
  /** Clients of Socket.IO, and the HTTP side of laravel-echo-server; unset: neither. */
  socketIo?: SocketIoOptions | undefined;
  /** Of sessions of the HTTP fallback; unset times have SockJS's defaults. */
  fallbackTimes?: Partial<FallbackTimes> | undefined;
  /** Unset: sent by HTTP from this process. */
  webhooks?: Webhooks | undefined;
  /** Called with the milliseconds from a publisher's request until its event was written. */
  onWritten?: ((milliseconds: number) => void) | undefined;
  /** Milliseconds a request has until its headers are there. Default 10 s. */
  headersTimeoutMs?: number | undefined;
  /** Milliseconds a request has until all of it is there; at least `headersTimeoutMs`. Default 30 s. */
  requestTimeoutMs?: number | undefined;
  /** Unset: nothing is logged. */
  logger?: Logger;
  /** Unset: plain HTTP and WebSocket, for a proxy in front that has the certificate. */
  tls?: TlsFiles | undefined;
  /** How often the certificate's files are checked, in milliseconds. Default 2000. */
  certificatePollMs?: number | undefined;
  /** Addresses and ranges whose `X-Forwarded-*` headers are trusted. Default none. */
  trustedProxies?: readonly string[] | undefined;
  /** An address of their own for health, metrics and statistics; port 0 for a free one. */
  operations?: { host: string; port: number } | undefined;
  /** Logs every frame, secrets masked. Default false. */
  debug?: boolean | undefined;
};
