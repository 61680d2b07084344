import { type Environment, parseEnvironment } from "@mgs/core/environment";
import { headerSecretVariable, hostVariable, originVariable, serverUrlVariable } from "@mgs/core/url-variables";
import { databaseEnv } from "@mgs/db/env";
import { z } from "zod";

/** Leaves room for the nine consecutive ports from the base. */
const MAX_BASE_PORT = 65_535 - 8;

const schema = z.object({
  DATABASE_URL: databaseEnv.shape.DATABASE_URL.optional(),
  REDIS_URL: serverUrlVariable(["redis", "rediss"]).optional(),
  MGS_PORT_BASE: z.coerce.number().int().min(1024).max(MAX_BASE_PORT).optional(),
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
  /** When set, the product uses another Pusher server, and ours is not started. */
  PUSHER_HOST: hostVariable.optional(),
  PUSHER_APP_CLUSTER: z.string().optional(),
});
export type ToolingEnv = z.output<typeof schema>;

/** Reads the variables of the start. @throws EnvironmentError that lists every variable in error */
export function readEnv(source: Environment): ToolingEnv {
  return parseEnvironment(schema, source);
}
