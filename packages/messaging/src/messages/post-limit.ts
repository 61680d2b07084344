import { AppError } from "@mgs/core/errors";
import type { Transaction } from "@mgs/db/client";
import { MAX_MESSAGES_PER_MINUTE } from "../contract/message";
import { findLastTimes } from "./messages.repository";

const WINDOW_MS = 60_000;

/**
 * Counts a person's messages of the last minute over all conversations, in the transaction that writes the next and has locked the author: it
 * holds over all processes, and without Redis.
 * @throws AppError RATE_LIMITED with the seconds to wait
 */
export async function checkPostLimit(tx: Transaction, authorId: number, now: Date): Promise<void> {
  const since = new Date(now.getTime() - WINDOW_MS);
  const times = await findLastTimes(tx, authorId, since, MAX_MESSAGES_PER_MINUTE);
  const oldest = times[MAX_MESSAGES_PER_MINUTE - 1];
  if (oldest)
    throw new AppError("RATE_LIMITED", { retryAfter: (oldest.getTime() + WINDOW_MS - now.getTime()) / 1_000 });
}
