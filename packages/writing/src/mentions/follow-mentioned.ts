import { findStandIns } from "@mgs/calendar/absences.repository";
import { todayOf } from "@mgs/calendar/today";
import type { Clock } from "@mgs/core/clock";
import type { Transaction } from "@mgs/db/client";
import type { MentionedIn } from "./resolve-mentions";

/**
 * Makes the mentioned follow the record from now on, and those who stand in for the absent among them. Call it before a number is taken: it
 * writes rows that others may be writing.
 * @param userIds who is named and was not told yet
 * @returns who is to be told, the author left out
 */
export async function followMentioned(
  tx: Transaction,
  { subject, view, readersAmong }: MentionedIn,
  userIds: readonly number[],
  { clock, by }: { clock: Clock; by: number },
): Promise<number[]> {
  // A private thread is for the people whom it names: nobody stands in for them there.
  const standIns = readersAmong ? [] : await findStandIns(tx, userIds, todayOf(clock));
  const told = [...new Set([...userIds, ...standIns.map(({ userId }) => userId)])]
    .filter((id) => id !== by)
    .sort((a, b) => a - b);
  if (told.length > 0) await subject.follow(tx, view.id, told, standIns);
  return told;
}
