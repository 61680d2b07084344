import type { Logger } from "@mgs/core/logger";
import type { Database } from "@mgs/db/client";
import { appendLinks, hasUnchained, readHead, readUnchained, tryLockChain } from "./chain.repository";
import { type ChainLink, linkEvent } from "./event-hash";

const BATCH_EVENTS = 1_000;
const INTERVAL_MS = 1_000;
/** The log keeps the head at this interval, outside of the database. */
const HEAD_LOG_INTERVAL_MS = 60 * 60_000;

/**
 * Chains the events that wait, in batches, each in a transaction under a lock that one process at a time has. An act's own
 * transaction only inserts its row: chaining there would make every sign-in wait for the one before it.
 * @returns the new head; null when nothing waited, or another process chains
 */
export async function chainEvents(database: Database, batchEvents = BATCH_EVENTS): Promise<ChainLink | null> {
  let head: ChainLink | null = null;
  while (await hasUnchained(database)) {
    const { chained, last } = await chainBatch(database, batchEvents);
    head = last ?? head;
    if (chained < batchEvents) break;
  }
  return head;
}

async function chainBatch(database: Database, limit: number): Promise<{ chained: number; last: ChainLink | null }> {
  return database.$transaction(async (tx) => {
    if (!(await tryLockChain(tx))) return { chained: 0, last: null };
    const events = await readUnchained(tx, limit);
    if (events.length === 0) return { chained: 0, last: null };
    let last = await readHead(tx);
    const links = events.map((event) => {
      last = linkEvent(last, event);
      return { ...last, eventId: event.id };
    });
    await appendLinks(tx, links);
    return { chained: links.length, last };
  });
}

/** Makes the worker's schedule that chains events within about a second, and logs the head each hour. */
export function createChainSchedule(now: () => number = Date.now) {
  let loggedAt = 0;
  return {
    name: "audit.chain",
    intervalMs: INTERVAL_MS,
    async run({ database, logger }: { database: Database; logger: Logger }): Promise<void> {
      const head = await chainEvents(database);
      if (!head || now() - loggedAt < HEAD_LOG_INTERVAL_MS) return;
      loggedAt = now();
      logger.info({ seq: String(head.seq), hash: head.hash }, "head of the audit trail");
    },
  };
}
