import type { Database } from "@mgs/db/client";
import { findDelivery } from "@mgs/jobs/find-delivery.repository";

/** Reads PostgreSQL's time, from which `measureMailLatency` counts. */
export async function readDatabaseTime(database: Database): Promise<Date> {
  const rows = await database.$queryRaw<{ now: Date }[]>`SELECT clock_timestamp() AS "now"`;
  const now = rows[0]?.now;
  if (!now) throw new Error("PostgreSQL returned no time");
  return now;
}

/**
 * Measures the milliseconds from `since` until the mail transport took a notification's mail.
 * @returns null while the mail is not sent; "dead" when its delivery is a dead letter
 */
export async function measureMailLatency(
  database: Database,
  notificationId: string,
  since: Date,
): Promise<number | "dead" | null> {
  const delivery = await findDelivery(database, notificationId, "email");
  if (delivery?.state === "dead") return "dead";
  if (delivery?.state !== "sent" || !delivery.finishedAt) return null;
  return Math.max(0, delivery.finishedAt.getTime() - since.getTime());
}
