import type { Logger } from "@mgs/core/logger";
import type { AppRegistry } from "./apps";
import type { Hub } from "./hub/hub";
import type { Outbox } from "./hub/outbox";
import type { Limits } from "./options";

/** What every handler of one server works with. */
export type ServerContext = {
  apps: AppRegistry;
  hub: Hub;
  outbox: Outbox;
  limits: Limits;
  logger: Logger;
  metricsToken: string | undefined;
  /** True from the moment the server is told to stop. */
  isDraining(): boolean;
};
