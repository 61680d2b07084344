import type { IncomingMessage } from "node:http";
import type { Logger } from "@mgs/core/logger";
import type { AppRegistry } from "./apps";
import type { FrameTrace } from "./debug/frame-trace";
import type { FlushScheduler } from "./hub/flush-scheduler";
import type { Hub } from "./hub/hub";
import type { Limits } from "./limits";
import type { Caller } from "./network/caller";
import type { ServerReport } from "./ops/server-report";

/** The dependencies of all handlers of one server. */
export type ServerContext = {
  apps: AppRegistry;
  hub: Hub;
  flushScheduler: FlushScheduler;
  limits: Limits;
  logger: Logger;
  metricsToken: string | undefined;
  /** Whether `/metrics` and `/stats` have an address of their own, and so none here. */
  hasOperationsAddress: boolean;
  /** The app and key of laravel-echo-server's HTTP side; unset: there is none. */
  echoHttp: { appId: string; key: string } | undefined;
  /** Finds the caller of a request, by the headers of trusted proxies. */
  callerOf(request: IncomingMessage): Caller;
  /** Traces every frame of a connection; unset outside debugging. */
  trace: ((socketId: string, appId: string) => FrameTrace) | undefined;
  /** The answer of `/stats`. */
  report(): ServerReport;
  /** True from the call of `close` on. */
  isDraining(): boolean;
  /** True from the moment that clients are closed. */
  isClosingClients(): boolean;
};
