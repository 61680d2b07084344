import type { Database } from "./client";

/**
 * Rule that deletes or ends the expired rows of one table. The table's owner exports it; the worker runs it every minute.
 * @typeParam Context further dependencies of the rule
 */
export type RetentionRule<Context = unknown> = {
  /** Name in log lines. */
  table: string;
  /** Deletes or ends up to `limit` rows, and returns their number. */
  sweep(database: Database, limit: number, context: Context): Promise<number>;
};
