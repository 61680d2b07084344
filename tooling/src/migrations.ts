import { join } from "node:path";
import { migrate } from "@mgs/db/migrate";
import { ROOT } from "./paths";

export const MIGRATIONS = join(ROOT, "prisma", "migrations");

/** Applies pending migrations; resolves to their names. */
export function migrateDatabase(databaseUrl: string): Promise<string[]> {
  return migrate(databaseUrl, MIGRATIONS);
}
