import type { NewOutboxRow } from "@mgs/jobs/outbox-kind";
import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** What people are told of a session. */
export const SEANCE_NOTICES = ["invited", "standing-in", "moved", "cancelled", "restored"] as const;
export type SeanceNotice = (typeof SEANCE_NOTICES)[number];

/** Tells participants of a session, by the bell of every portal and by mail. */
export const seanceNotice = defineOutboxKind({
  kind: "seance.notice",
  queue: "notifications",
  payload: z.object({
    seance_id: z.number(),
    notice: z.enum(SEANCE_NOTICES),
    user_ids: z.array(z.number()),
    by: z.number().nullable(),
  }),
  isUrgent: true,
});

/** The outbox row that tells people, except who has done it; none when nobody is left. */
export function seanceNoticeRows(
  seanceId: number,
  notice: SeanceNotice,
  userIds: readonly number[],
  by: number,
): NewOutboxRow[] {
  const told = userIds.filter((id) => id !== by);
  return told.length === 0 ? [] : [seanceNotice.row({ payload: { seance_id: seanceId, notice, user_ids: told, by } })];
}
