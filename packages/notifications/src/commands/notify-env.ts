import { type Environment, parseEnvironment } from "@mgs/core/environment";
import type { PortalUrls } from "@mgs/core/portals";
import { originVariable } from "@mgs/core/url-variables";
import { databaseEnv } from "@mgs/db/env";
import { redisEnv } from "@mgs/jobs/env";
import { z } from "zod";

const notifySchema = z.object({
  ...databaseEnv.shape,
  ...redisEnv.shape,
  ADMINISTRATION_URL: originVariable,
  COMMERCIAL_URL: originVariable,
  GESTION_DOSSIER_URL: originVariable,
});

/** @throws EnvironmentError */
export function readNotifyEnv(source: Environment): { databaseUrl: string; redisUrl: string; portalUrls: PortalUrls } {
  const env = parseEnvironment(notifySchema, source);
  return {
    databaseUrl: env.DATABASE_URL,
    redisUrl: env.REDIS_URL,
    portalUrls: {
      administration: env.ADMINISTRATION_URL,
      commercial: env.COMMERCIAL_URL,
      "gestion-dossier": env.GESTION_DOSSIER_URL,
    },
  };
}
