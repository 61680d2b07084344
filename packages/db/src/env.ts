import { serverUrlVariable } from "@mgs/core/url-variables";
import { z } from "zod";

/** PostgreSQL's URL; it needs no host name when its query names a socket's folder. */
export const databaseUrlVariable = serverUrlVariable(["postgresql", "postgres"], { host: "optional" });

export const databaseEnv = z.object({
  DATABASE_URL: databaseUrlVariable,
  /** Most connections of this process. */
  DATABASE_POOL: z.coerce.number().int().min(1).max(500).default(10),
});
