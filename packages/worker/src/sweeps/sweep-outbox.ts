import { due } from "@mgs/jobs/outbox.repository";
import type { WorkerDeps } from "../deps";

const BATCH = 500;

/**
 * Enqueues what a crash, or a Redis that was away or lost its data, left behind. Rows that are in Redis already are
 * ignored there by their job id, so sweeping too often or from several workers does no harm.
 */
export async function sweepOutbox({ database, enqueuer }: WorkerDeps): Promise<void> {
  await enqueuer.enqueue(await due(database, BATCH));
}
