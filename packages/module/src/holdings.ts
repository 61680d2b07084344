import type { Database, Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";

/**
 * What a person holds in a domain, for the day on which they leave. A domain declares it; the person's page shows the counts, and the
 * worker hands everything to a colleague.
 */
export type Holdings = {
  /** Name of what is held, a key of the console's texts, such as `unread-notifications`. */
  name: string;
  /** Counts up to `limit`. */
  count(database: Database, userId: number, limit: number): Promise<number>;
  /** Some of it in words, newest first, so that an administrator sees what it is about. */
  list(database: Database, userId: number, limit: number): Promise<readonly { id: string; title: string }[]>;
  /**
   * Hands up to `limit` of it over. Whatever it moved is not held by `from` any more, so it can be called again after a crash.
   * @returns how many it moved (0: nothing is left), and outbox rows by which the colleague hears of it
   */
  handOver(
    tx: Transaction,
    input: { from: number; to: number; limit: number; at: Date },
  ): Promise<{ moved: number; rows: readonly NewOutboxRow[] }>;
};
