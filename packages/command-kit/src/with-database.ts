import { createDatabase, type Database } from "@mgs/db/client";
import type { CommandContext } from "@mgs/module/command";
import { readDatabaseEnv } from "./services-env";

/** Runs `work` with a connection that is closed afterwards. */
export async function withDatabase<T>(context: CommandContext, work: (database: Database) => Promise<T>): Promise<T> {
  const { DATABASE_URL } = readDatabaseEnv(await context.environment(true));
  const database = createDatabase(DATABASE_URL, 2);
  try {
    return await work(database);
  } finally {
    await database.$disconnect();
  }
}
