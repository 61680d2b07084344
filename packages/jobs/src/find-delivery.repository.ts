import type { Database } from "@mgs/db/client";

/** State of a notification's delivery on one channel; `finishedAt` is a time of PostgreSQL's clock. */
export type DeliveryState = { state: "pending" | "leased" | "sent" | "dead"; finishedAt: Date | null };

/** Reads a notification's delivery. @returns null before the delivery exists, and after its row was deleted */
export async function findDelivery(
  database: Database,
  notificationId: string,
  channel: "email" | "broadcast",
): Promise<DeliveryState | null> {
  const row = await database.outbox.findUnique({
    where: { notificationId_channel: { notificationId, channel } },
    select: { state: true, finishedAt: true },
  });
  return row && { state: row.state as DeliveryState["state"], finishedAt: row.finishedAt };
}
