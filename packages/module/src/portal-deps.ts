import type { Clock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import type { Logger } from "@mgs/core/logger";
import type { Portal, PortalUrls } from "@mgs/core/portals";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { Publisher } from "@mgs/realtime/server";
import type { IdentityHooks } from "./identity-hooks";

/** Dependencies of every use case in a portal's process. Connections open on first use. */
export type PortalDeps = {
  portal: Portal;
  portalUrls: PortalUrls;
  /** This portal's public origin. */
  ownOrigin: string;
  /** Number of our reverse proxies in front of this process, and of trusted entries in `X-Forwarded-For`. */
  trustedProxies: number;
  database: Database;
  redisUrl: string;
  sealer: Sealer;
  clock: Clock;
  logger: Logger;
  enqueuer: Enqueuer;
  publisher: Publisher;
  /** Hooks of every module: they delete rows that depend on a sign-in or a client. */
  identityHooks: readonly IdentityHooks[];
};
