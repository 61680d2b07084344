import { bringForward } from "@mgs/jobs/bring-forward.repository";
import type { InboxDeps } from "../deps";
import { findIdsSince } from "../inbox.repository";

/** Nobody is quiet for longer by one choice. */
const DAYS = 8;
const DAY_MS = 24 * 60 * 60 * 1_000;

/** Sends the mails of somebody's notifications that wait until they may be disturbed: they may be now. */
export async function releaseMails(
  { database, enqueuer }: Pick<InboxDeps, "database" | "enqueuer">,
  userId: number,
): Promise<void> {
  const since = new Date(Date.now() - DAYS * DAY_MS);
  const notificationIds = await findIdsSince(database, userId, since);
  if (notificationIds.length === 0) return;
  await enqueuer.enqueue(await bringForward(database, { notificationIds, channel: "email" }));
}
