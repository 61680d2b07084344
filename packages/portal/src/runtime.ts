import type { Actor } from "@mgs/core/actor";
import { systemClock } from "@mgs/core/clock";
import { createSealer } from "@mgs/core/crypto";
import { createLogger } from "@mgs/core/logger";
import type { Portal } from "@mgs/core/portals";
import { createDatabase, databaseTakesWrites } from "@mgs/db/client";
import { createAddressLocator } from "@mgs/identity/devices/locate-address";
import { createPeopleDirectory } from "@mgs/identity/people.repository";
import { createEnqueuer } from "@mgs/jobs/enqueuer";
import { withTimeout } from "@mgs/jobs/redis";
import { createAuthenticateCached } from "@mgs/oidc/authenticate-cached";
import { authenticateToken } from "@mgs/oidc/authenticate-token";
import { oidcHooks } from "@mgs/oidc/identity-hooks";
import { portalAuthHooks } from "@mgs/portal-auth/identity-hooks";
import { publicPusherSettings } from "@mgs/realtime/public-settings";
import { createPublisher } from "@mgs/realtime/server";
import { type PortalRuntimeEnv, portalUrlsOf } from "./env";

/** The hooks of every package whose rows depend on a sign-in or a client. */
export const IDENTITY_HOOKS = [oidcHooks, portalAuthHooks] as const;

/** A start waits for PostgreSQL this long at most. */
const CONNECT_TIMEOUT_MS = 5_000;

/**
 * Makes the connections and settings of a portal's process. Connections open on first use or by `connect`.
 */
export function createRuntime(portal: Portal, env: PortalRuntimeEnv) {
  const logger = createLogger(portal, env.LOG_LEVEL);
  const database = createDatabase(env.DATABASE_URL, env.DATABASE_POOL, (reason) =>
    logger.warn({ reason }, "left a PostgreSQL server"),
  );
  const sealer = createSealer(env.MGS_KEY_ENCRYPTION_KEY);
  const portalUrls = portalUrlsOf(env);
  const lookUpToken = (token: string): Promise<Actor> => authenticateToken({ database, sealer }, token);
  const enqueuer = createEnqueuer(env.REDIS_URL, logger);
  return {
    portal,
    env,
    logger,
    database,
    sealer,
    clock: systemClock,
    identityHooks: IDENTITY_HOOKS,
    people: createPeopleDirectory(database),
    enqueuer,
    locateAddress: createAddressLocator(env.GEOIP_DATABASE, logger),
    publisher: createPublisher(env),
    pusher: publicPusherSettings(env),
    portalUrls,
    ownOrigin: portalUrls[portal],
    redisUrl: env.REDIS_URL,
    trustedProxies: env.TRUSTED_PROXIES,
    authenticateToken: lookUpToken,
    authenticateCached: createAuthenticateCached(lookUpToken),
    /**
     * Opens the connections, so that the first request is as fast as any. It skips services that are away, and never
     * throws.
     */
    async connect(): Promise<void> {
      const answers = withTimeout(CONNECT_TIMEOUT_MS, databaseTakesWrites(database)).catch(() => false);
      await Promise.all([answers, enqueuer.connect()]);
    },
  };
}

export type Runtime = ReturnType<typeof createRuntime>;
