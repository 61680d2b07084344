import type { Portal, PortalUrls } from "@mgs/core/portals";
import { originVariable } from "@mgs/core/url-variables";
import { databaseEnv } from "@mgs/db/env";
import { redisEnv } from "@mgs/jobs/env";
import { observabilityEnv } from "@mgs/observability/env";
import { issuerEnv } from "@mgs/oidc/env";
import { pusherEnv } from "@mgs/realtime/env";
import { z } from "zod";

/** Variables of every portal. */
export const portalRuntimeEnv = z.object({
  ...databaseEnv.shape,
  ...redisEnv.shape,
  ...pusherEnv.shape,
  ...issuerEnv.shape,
  ...observabilityEnv.shape,
  MGS_KEY_ENCRYPTION_KEY: z
    .string()
    .refine((key) => Buffer.from(key, "base64").length === 32, { error: "must be 32 bytes in base64" }),
  ADMINISTRATION_URL: originVariable,
  COMMERCIAL_URL: originVariable,
  GESTION_DOSSIER_URL: originVariable,
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** Number of our reverse proxies in front of this process, and of trusted entries in `X-Forwarded-For`. */
  /** Path of a database of places in MaxMind's format (GeoLite2 City, DB-IP City Lite): devices then show where they are. */
  GEOIP_DATABASE: z.string().min(1).optional(),
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(10).default(0),
  NODE_ENV: z.enum(["production", "development", "test"]).default("production"),
});
export type PortalRuntimeEnv = z.output<typeof portalRuntimeEnv>;

/** Picks the public origins of the portals. */
export function portalUrlsOf(
  env: Pick<PortalRuntimeEnv, "ADMINISTRATION_URL" | "COMMERCIAL_URL" | "GESTION_DOSSIER_URL">,
): PortalUrls {
  return {
    administration: env.ADMINISTRATION_URL,
    commercial: env.COMMERCIAL_URL,
    "gestion-dossier": env.GESTION_DOSSIER_URL,
  };
}

/** Picks the public origin of one portal. */
export const originOf = (portal: Portal, env: PortalRuntimeEnv): string => portalUrlsOf(env)[portal];
