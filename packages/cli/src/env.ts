import { resolve } from "node:path";
import { type Environment, parseEnvironment } from "@mgs/core/environment";
import type { PortalUrls } from "@mgs/core/portals";
import { originVariable } from "@mgs/core/url-variables";
import { databaseEnv } from "@mgs/db/env";
import { redisEnv } from "@mgs/jobs/env";
import { type PusherEnv, pusherEnv } from "@mgs/realtime/env";
import { z } from "zod";

const servicesSchema = z.object({ ...databaseEnv.shape, ...redisEnv.shape });

const notifySchema = z.object({
  ...databaseEnv.shape,
  ...redisEnv.shape,
  ADMINISTRATION_URL: originVariable,
  COMMERCIAL_URL: originVariable,
  GESTION_DOSSIER_URL: originVariable,
});

/** @throws EnvironmentError */
export function readDatabaseEnv(source: Environment): z.output<typeof databaseEnv> {
  return parseEnvironment(databaseEnv, source);
}

/** @throws EnvironmentError */
export function readServicesEnv(source: Environment): z.output<typeof servicesSchema> {
  return parseEnvironment(servicesSchema, source);
}

/** @throws EnvironmentError */
export function readPusherEnv(source: Environment): PusherEnv {
  return parseEnvironment(pusherEnv, source);
}

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

/** A file by the name that somebody typed: npm runs us in the project's folder and keeps theirs in INIT_CWD. */
export function fileOfCaller(path: string): string {
  return resolve(process.env.INIT_CWD ?? ".", path);
}
