import type { Clock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import type { Logger } from "@mgs/core/logger";
import type { Portal, PortalUrls } from "@mgs/core/portals";
import type { Database } from "@mgs/db/client";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { Publisher } from "@mgs/realtime/server";
import type { IdentityHooks } from "./identity-hooks";

/** What every use case of a portal's process can work with; connections open on first use. */
export type PortalDeps = {
  portal: Portal;
  portalUrls: PortalUrls;
  /** This portal's public origin. */
  ownOrigin: string;
  /** Reverse proxies of ours in front of this process: as many entries of `X-Forwarded-For` are believed. */
  trustedProxies: number;
  database: Database;
  redisUrl: string;
  sealer: Sealer;
  clock: Clock;
  logger: Logger;
  enqueuer: Enqueuer;
  publisher: Publisher;
  /** Of every module: what ends together with a sign-in or a client. */
  identityHooks: readonly IdentityHooks[];
};
