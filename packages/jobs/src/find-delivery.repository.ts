import type { Database } from "@mgs/db/client";

/** How far a notification's delivery by one channel is; `finishedAt` by PostgreSQL's clock. */
export type DeliveryState = { state: "pending" | "leased" | "sent" | "dead"; finishedAt: Date | null };

/** @returns null while there is no such delivery, or none any more */
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
