import type { IncomingMessage } from "node:http";
import type { Logger } from "@mgs/core/logger";
import type { AppRegistry } from "./apps";
import type { FrameTrace } from "./debug/frame-trace";
import type { Hub } from "./hub/hub";
import type { Outbox } from "./hub/outbox";
import type { Limits } from "./limits";
import type { Caller } from "./network/caller";
import type { ServerReport } from "./ops/server-report";

/** What every handler of one server works with. */
export type ServerContext = {
  apps: AppRegistry;
  hub: Hub;
  outbox: Outbox;
  limits: Limits;
  logger: Logger;
  metricsToken: string | undefined;
  /** Whether `/metrics` and `/stats` have an address of their own, and so none here. */
  hasOperationsAddress: boolean;
  /** Who asks, with what trusted proxies say of them. */
  callerOf(request: IncomingMessage): Caller;
  /** Sees every frame of a connection; unset unless somebody debugs. */
  trace: ((socketId: string, appId: string) => FrameTrace) | undefined;
  /** What `/stats` tells. */
  report(): ServerReport;
  /** True from the moment the server is told to stop. */
  isDraining(): boolean;
  /** True from the moment clients are sent away. */
  isLeaving(): boolean;
};
