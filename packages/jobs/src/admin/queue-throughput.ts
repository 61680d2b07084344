import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { requirePermission } from "../permissions";
import { QUEUES, type QueueName } from "../queues";
import { countByMinute } from "./throughput.repository";

/** Minutes that the trend reaches back. */
export const TREND_MINUTES = 30;

/** Counts the rows delivered in each of the last 30 minutes, the oldest first, for each queue. @throws AppError FORBIDDEN */
export async function readQueueThroughput(
  deps: { database: Database },
  actor: Actor,
): Promise<Record<QueueName, number[]>> {
  requirePermission(actor, "queues.read");
  const rows = await countByMinute(deps.database, TREND_MINUTES);
  const entries = QUEUES.map((queue) => {
    const minutes = Array.from({ length: TREND_MINUTES }, () => 0);
    for (const row of rows) {
      const place = TREND_MINUTES - 1 - row.ago;
      if (row.queue === queue && place >= 0) minutes[place] = row.count;
    }
    return [queue, minutes] as const;
  });
  return Object.fromEntries(entries) as Record<QueueName, number[]>;
}
