import { z } from "zod";

export const databaseEnv = z.object({
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, "must be a postgresql:// URL"),
  /** Connections this process may hold. */
  DATABASE_POOL: z.coerce.number().int().min(1).max(500).default(10),
});
