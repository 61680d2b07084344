import type { Database } from "./client";

/**
 * How one table loses, or closes, the rows that have had their time. Its owner exports the rule; the worker runs it every minute.
 * @typeParam Context what else the rule works with
 */
export type RetentionRule<Context = unknown> = {
  /** Names it in log lines. */
  table: string;
  /** Handles up to `limit` rows, and returns how many. */
  sweep(database: Database, limit: number, context: Context): Promise<number>;
};
