import { audit } from "@mgs/audit/audit.repository";
import { type Actor, actorKey } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import type { Enqueuer } from "../enqueuer";
import { findDueRows } from "../outbox.repository";
import { requirePermission } from "../permissions";
import { QUEUES, type QueueName } from "../queues";
import { deletePause, insertPause } from "./queues.repository";

const queueInput = z.strictObject({ queue: z.enum(QUEUES) });

/** A resumed queue gives the workers this many rows at once; the sweep enqueues the others. */
const MAX_RESUMED_ROWS = 5_000;

/**
 * Stops a queue's deliveries in every worker until it is resumed. Deliveries that have begun run to their end. The pause is a
 * row of PostgreSQL that each claim reads, so it holds while Redis is away and for rows that the sweep delivers.
 * @returns whether the queue delivered before
 * @throws AppError FORBIDDEN, VALIDATION_ERROR
 */
export async function pauseQueue(
  deps: { database: Database },
  actor: Actor,
  input: { queue: QueueName },
): Promise<{ changed: boolean }> {
  requirePermission(actor, "queues.pause");
  const { queue } = validate(queueInput, input);
  return deps.database.$transaction(async (tx) => {
    const changed = await insertPause(tx, queue, actorKey(actor));
    if (changed) await audit(tx, { actor, action: "queue.paused", subject: queue });
    return { changed };
  });
}

/**
 * Lets a paused queue deliver again, the oldest rows first.
 * @returns whether the queue was paused before
 * @throws AppError FORBIDDEN, VALIDATION_ERROR
 */
export async function resumeQueue(
  deps: { database: Database; enqueuer: Enqueuer },
  actor: Actor,
  input: { queue: QueueName },
): Promise<{ changed: boolean }> {
  requirePermission(actor, "queues.pause");
  const { queue } = validate(queueInput, input);
  const changed = await deps.database.$transaction(async (tx) => {
    const removed = await deletePause(tx, queue);
    if (removed) await audit(tx, { actor, action: "queue.resumed", subject: queue });
    return removed;
  });
  if (changed) {
    const waiting = await findDueRows(deps.database, MAX_RESUMED_ROWS);
    await deps.enqueuer.enqueue(waiting.filter((ref) => ref.queue === queue));
  }
  return { changed };
}
