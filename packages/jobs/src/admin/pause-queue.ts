import { type Actor, actorKey } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import { audit } from "@mgs/db/audit.repository";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import type { Enqueuer } from "../enqueuer";
import { due } from "../outbox.repository";
import { requirePermission } from "../permissions";
import { QUEUES, type QueueName } from "../queues";
import { deletePause, insertPause } from "./queues.repository";

const queueInput = z.strictObject({ queue: z.enum(QUEUES) });

/** Rows of the resumed queue that go to the workers at once; the sweep brings the others. */
const FIRST = 5_000;

/**
 * Stops a queue's deliveries, in every worker, until it is resumed. What a worker has begun ends. The pause is a row of
 * PostgreSQL that each claim looks at: it holds whatever happens to Redis and however a row comes to a worker.
 * @returns whether it delivered before
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
    if (changed) await audit(tx, { actor: actorKey(actor), action: "queue.paused", subject: queue });
    return { changed };
  });
}

/**
 * Lets a paused queue deliver again, the oldest rows first.
 * @returns whether it paused before
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
    if (removed) await audit(tx, { actor: actorKey(actor), action: "queue.resumed", subject: queue });
    return removed;
  });
  if (changed) {
    const waiting = await due(deps.database, FIRST);
    await deps.enqueuer.enqueue(waiting.filter((ref) => ref.queue === queue));
  }
  return { changed };
}
