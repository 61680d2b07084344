import { type Environment, parseEnvironment } from "@mgs/core/environment";
import { databaseEnv } from "@mgs/db/env";
import { redisEnv } from "@mgs/jobs/env";
import { z } from "zod";

const servicesSchema = z.object({ ...databaseEnv.shape, ...redisEnv.shape });

/** @throws EnvironmentError */
export function readDatabaseEnv(source: Environment): z.output<typeof databaseEnv> {
  return parseEnvironment(databaseEnv, source);
}

/** @throws EnvironmentError */
export function readServicesEnv(source: Environment): z.output<typeof servicesSchema> {
  return parseEnvironment(servicesSchema, source);
}
