import { serverUrlVariable } from "@mgs/core/url-variables";
import { z } from "zod";

/** PostgreSQL; without a host name where its query names a socket's folder. */
export const databaseUrlVariable = serverUrlVariable(["postgresql", "postgres"], { host: "optional" });

export const databaseEnv = z.object({
  DATABASE_URL: databaseUrlVariable,
  /** Connections this process may hold. */
  DATABASE_POOL: z.coerce.number().int().min(1).max(500).default(10),
});
