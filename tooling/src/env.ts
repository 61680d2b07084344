import { type Environment, parseEnvironment } from "@mgs/core/environment";
import { headerSecretVariable, hostVariable, originVariable, serverUrlVariable } from "@mgs/core/url-variables";
import { databaseEnv } from "@mgs/db/env";
import { z } from "zod";

/** Room for the nine ports that follow the base. */
const HIGHEST_BASE = 65_535 - 8;

const schema = z.object({
  DATABASE_URL: databaseEnv.shape.DATABASE_URL.optional(),
  REDIS_URL: serverUrlVariable(["redis", "rediss"]).optional(),
  MGS_PORT_BASE: z.coerce.number().int().min(1024).max(HIGHEST_BASE).optional(),
  /** Interface on which the three portals listen. */
  PORTAL_HOST: z.string().optional(),
  MGS_DATA_DIR: z.string().default(".data"),
  MGS_NO_INSTALL: z.stringbool().default(false),
  ADMINISTRATION_URL: originVariable.optional(),
  COMMERCIAL_URL: originVariable.optional(),
  GESTION_DOSSIER_URL: originVariable.optional(),
  OAUTH_SERVER_URL: originVariable.optional(),
  RESEND_API_KEY: headerSecretVariable.optional(),
  SMTP_URL: serverUrlVariable(["smtp", "smtps"]).optional(),
  /** Set: a Pusher server other than ours, so ours is not started. */
  PUSHER_HOST: hostVariable.optional(),
  PUSHER_APP_CLUSTER: z.string().optional(),
});
export type ToolingEnv = z.output<typeof schema>;

/** @throws EnvironmentError naming each variable that is wrong */
export function readEnv(source: Environment): ToolingEnv {
  return parseEnvironment(schema, source);
}
