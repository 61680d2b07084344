import type { Actor } from "@mgs/core/actor";
import type { Publisher } from "@mgs/realtime/server";
import { z } from "zod";
import { refusalOf, translateFailure } from "./ask-server";
import { requirePermission } from "./permissions";

const total = z.number().nonnegative();

const replica = z.object({
  /** A new one at each start of the process. */
  id: z.string().max(100),
  host: z.string().max(255),
  pid: z.number().int(),
  version: z.string().max(100),
  /** ISO 8601. */
  started_at: z.string().max(40),
  uptime_seconds: total,
  connections: total,
  channels: total,
  users: total,
  published: total,
  delivered: total,
  messages_in: total,
  messages_out: total,
  bytes_out: total,
  slow_clients_closed: total,
  /** Bytes. */
  memory_rss: total,
});
const statistics = z.object({ app_id: z.string(), replicas: z.array(replica).max(1_000) });

/**
 * A process of the realtime server: what is open now, and totals since its start. A total that went down between two
 * readings means a restart.
 */
export type ReplicaStatistics = z.output<typeof replica>;
export type RealtimeStatistics = z.output<typeof statistics>;

/**
 * Reads the statistics of the realtime server for our app.
 * @returns null where another Pusher server than ours is in use: none of them has statistics
 * @throws AppError FORBIDDEN unless an administrator asks; REALTIME_AWAY, REALTIME_REFUSED
 */
export async function readStatistics(deps: { publisher: Publisher }, actor: Actor): Promise<RealtimeStatistics | null> {
  requirePermission(actor, "channels.read");
  const answer = await translateFailure(requestStatistics(deps.publisher));
  return statistics.safeParse(answer).data ?? null;
}

/** Other servers do not know the address; a signature that they refuse is refused at every other address too. */
async function requestStatistics(publisher: Publisher): Promise<unknown> {
  try {
    return await publisher.read("/stats");
  } catch (error) {
    const status = refusalOf(error);
    if (status === undefined || [401, 403, 429].includes(status)) throw error;
    return undefined;
  }
}
