import type { Database } from "./client";
import type { TableName } from "./table-owners";

/** How one table loses, or closes, the rows that have had their time. Its owner exports the rule; the worker runs it every minute. */
export type RetentionRule = {
  table: TableName;
  /** Handles up to `limit` rows, and returns how many. */
  sweep(database: Database, limit: number): Promise<number>;
};
