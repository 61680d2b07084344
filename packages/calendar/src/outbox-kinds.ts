import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** Tells both people of an absence that it was written down, or has ended before its last day. */
export const absenceChanged = defineOutboxKind({
  kind: "calendar.absence-changed",
  queue: "notifications",
  payload: z.object({ absence_id: z.string(), op: z.enum(["named", "ended"]) }),
  isUrgent: true,
});

/** Administrators are reminded to confirm the holidays of a year. */
export const holidaysUnconfirmed = defineOutboxKind({
  kind: "calendar.holidays-unconfirmed",
  queue: "notifications",
  payload: z.object({ year: z.number() }),
});
