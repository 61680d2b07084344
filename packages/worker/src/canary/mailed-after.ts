import type { Database } from "@mgs/db/client";
import { findDelivery } from "@mgs/jobs/find-delivery.repository";

/** PostgreSQL's time, by which `mailedAfter` counts. */
export async function databaseTime(database: Database): Promise<Date> {
  const rows = await database.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`;
  const now = rows[0]?.now;
  if (!now) throw new Error("PostgreSQL told no time");
  return now;
}

/** Milliseconds from `since` until the mail transport took a notification's mail; null: not yet. */
export async function mailedAfter(
  database: Database,
  notificationId: string,
  since: Date,
): Promise<number | "dead" | null> {
  const delivery = await findDelivery(database, notificationId, "email");
  if (delivery?.state === "dead") return "dead";
  if (delivery?.state !== "sent" || !delivery.finishedAt) return null;
  return Math.max(0, delivery.finishedAt.getTime() - since.getTime());
}
