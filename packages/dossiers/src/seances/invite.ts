import { findStandIns } from "@mgs/calendar/absences.repository";
import type { Clock } from "@mgs/core/clock";
import type { Transaction } from "@mgs/db/client";
import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { todayOf } from "../deps";
import { seanceNoticeRows } from "./seance-notices";
import { addSubstitutes } from "./seances.repository";

type Invitation = { clock: Clock; by: number };

/**
 * Invites people who have become participants of a session, and lets those who stand in for the absent among them see it, today's absences
 * being the ones that count, as for assignments.
 * @returns the outbox rows that tell them
 */
export async function inviteToSeance(
  tx: Transaction,
  seanceId: number,
  userIds: readonly number[],
  { clock, by }: Invitation,
): Promise<NewOutboxRow[]> {
  const standIns = await findStandIns(tx, userIds, todayOf(clock));
  await addSubstitutes(tx, seanceId, standIns);
  // Who is invited themselves hears that, and not that they stand in as well.
  const others = new Set(standIns.map(({ userId }) => userId).filter((id) => !userIds.includes(id)));
  return [
    ...seanceNoticeRows(seanceId, "invited", userIds, by),
    ...seanceNoticeRows(seanceId, "standing-in", [...others], by),
  ];
}
