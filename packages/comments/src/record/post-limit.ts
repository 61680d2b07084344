import { AppError } from "@mgs/core/errors";
import type { Transaction } from "@mgs/db/client";
import { findLastTimes } from "../comments.repository";

/** How many comments a person may write on one record within a minute. */
export const MAX_COMMENTS_PER_MINUTE = 20;
const WINDOW_MS = 60_000;

/**
 * Counts a person's comments of the last minute on a record, its private threads included, in the transaction that writes the next and has
 * locked the author: it holds over all processes, and without Redis.
 * @throws AppError RATE_LIMITED with the seconds to wait
 */
export async function checkPostLimit(
  tx: Transaction,
  subject: { type: string; id: string },
  authorId: number,
  now: Date,
): Promise<void> {
  const since = new Date(now.getTime() - WINDOW_MS);
  const times = await findLastTimes(tx, subject, authorId, since, MAX_COMMENTS_PER_MINUTE);
  const oldest = times[MAX_COMMENTS_PER_MINUTE - 1];
  if (oldest)
    throw new AppError("RATE_LIMITED", { retryAfter: (oldest.getTime() + WINDOW_MS - now.getTime()) / 1_000 });
}
