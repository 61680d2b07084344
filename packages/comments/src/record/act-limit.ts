import { AppError } from "@mgs/core/errors";
import type { Transaction } from "@mgs/db/client";
import { openDiscussionKey } from "../discussion-keys";
import { addActTime } from "./act-times.repository";

const WINDOW_MS = 60_000;

/** What a person may do within a minute: on one record, its private threads included, and on all records. */
export const ACT_LIMITS = {
  post: { onRecord: 20, onAll: 60 },
  edit: { onRecord: 20, onAll: 60 },
  react: { onRecord: 60, onAll: 120 },
  resolve: { onRecord: 20, onAll: 60 },
  report: { onRecord: 20, onAll: 60 },
  /** Open a private discussion, or invite somebody to one: each tells people. */
  invite: { onRecord: 20, onAll: 60 },
} as const;
export type LimitedAct = keyof typeof ACT_LIMITS;

/**
 * Counts an act of a person in the transaction that does it: what is refused, or changes nothing, costs nothing, and the limit holds over all
 * processes without Redis. Call it once that is decided.
 * @throws AppError RATE_LIMITED with the seconds to wait
 */
export async function countAct(
  tx: Transaction,
  act: LimitedAct,
  subject: { type: string; id: string },
  userId: number,
  now: Date,
): Promise<void> {
  const { onRecord, onAll } = ACT_LIMITS[act];
  // In this order always: two acts of one person wait for each other, and do not block.
  const places = [
    [openDiscussionKey(subject.type, subject.id), onRecord],
    ["", onAll],
  ] as const;
  for (const [place, limit] of places) {
    const since = new Date(now.getTime() - WINDOW_MS);
    const times = await addActTime(tx, { userId, act, place, at: now, since });
    const blocking = times.at(-1 - limit);
    if (blocking)
      throw new AppError("RATE_LIMITED", { retryAfter: (blocking.getTime() + WINDOW_MS - now.getTime()) / 1_000 });
  }
}
