import type { Database } from "@mgs/db/client";
import type { OutboxRef } from "./outbox.repository";
import type { QueueName } from "./queues";

/**
 * Lets the deliveries of notifications on one channel that wait for a later attempt be tried now. The attempt gets a number of its own, so that the
 * job that waits for the later one does nothing.
 * @returns what the caller enqueues
 */
export async function bringForward(
  database: Database,
  { notificationIds, channel }: { notificationIds: readonly string[]; channel: "email" | "broadcast" },
): Promise<OutboxRef[]> {
  const rows = await database.$queryRaw<{ id: string; queue: QueueName; attempts: number }[]>`
    UPDATE outbox SET available_at = now(), attempts = attempts + 1
    WHERE notification_id = ANY (${[...notificationIds]}::uuid[]) AND channel = ${channel} AND state = 'pending'
      AND attempts > 0 AND available_at > now()
    RETURNING id, queue, attempts`;
  return rows.map(({ id, queue, attempts }) => ({ id, queue, attempts }));
}
