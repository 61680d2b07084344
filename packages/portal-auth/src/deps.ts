import type { Clock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import type { Logger } from "@mgs/core/logger";
import type { Portal } from "@mgs/core/portals";
import type { Database } from "@mgs/db/client";
import type { PortalEnv } from "./env";
import type { SingleUse } from "./single-use";

/** What the sign-in of one portal needs. */
export type PortalAuthDeps = {
  portal: Portal;
  env: PortalEnv;
  database: Database;
  sealer: Sealer;
  clock: Clock;
  logger: Logger;
  singleUse: SingleUse;
};
