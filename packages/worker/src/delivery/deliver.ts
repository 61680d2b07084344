import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "@mgs/core/logger";
import { withRequestId } from "@mgs/core/request-context";
import { traced } from "@mgs/core/trace-context";
import { PermanentFailure, Postponed } from "@mgs/jobs/attempt";
import { type ClaimedRow, type ClaimReading, createClaim, fail, finish } from "@mgs/jobs/outbox.repository";
import type { QueueName } from "@mgs/jobs/queues";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { type DeliveryResult, metrics } from "@mgs/observability/metrics/registry";
import type { Handlers } from "./handlers";
import { keepLease, LEASE_MS } from "./lease";

/** Added to a retry's delay, so that Redis does not wake us before PostgreSQL's clock says so. */
const CLOCK_MARGIN_MS = 100;
const FINISH_RETRY_MS = 500;

/** Delivers one outbox row that a job or the sweep names. */
export type Deliver = (id: string, queue: QueueName) => Promise<void>;

/**
 * Makes the function that does one attempt at one outbox row, from claim to result. A row that is not due, or that another
 * worker holds, is left alone: however often a job comes, PostgreSQL decides. It throws when PostgreSQL does not answer; the
 * row then goes back by itself.
 * @param readings what modules read in the statement that claims
 */
export function createDeliver(deps: WorkerDeps, handlers: Handlers, readings: readonly ClaimReading[]): Deliver {
  const claim = createClaim(readings);
  return async (id, queue) => {
    const row = await claim(deps.database, { id, leaseMs: LEASE_MS, queue });
    if (!row) return;
    const { kind, traceparent } = row;
    const work = () => traced(`deliver ${kind}`, { kind: "consumer", traceparent }, () => attempt(deps, handlers, row));
    await (row.requestId === null ? work() : withRequestId(row.requestId, work));
  };
}

async function attempt(deps: WorkerDeps, handlers: Handlers, row: ClaimedRow): Promise<void> {
  const logger = deps.logger.child({ outbox_id: row.id, kind: row.kind, attempts: row.attempts });
  const lease = keepLease(deps.database, row);
  const start = performance.now();
  let result: DeliveryResult;
  try {
    await runHandler(deps, handlers, row, logger);
    result = await settle(deps, row, logger);
  } catch (error) {
    result = await giveBack(deps, row, error, logger);
  } finally {
    lease.stop();
  }
  const { deliveries, deliveryDuration } = metrics();
  deliveries.inc({ kind: row.kind, result });
  deliveryDuration.observe({ kind: row.kind }, (performance.now() - start) / 1_000);
}

async function runHandler(deps: WorkerDeps, handlers: Handlers, row: ClaimedRow, logger: Logger): Promise<void> {
  const handler = handlers.get(row.kind);
  // A kind from a newer release waits for the worker that knows it.
  if (!handler) throw new Error(`no handler for ${row.kind}`);
  const { id, payload, notificationId } = row;
  await handler(deps, { id, payload, notificationId, row, logger });
}

/** The transport has answered: what is lost now is delivered twice, so a short absence of PostgreSQL is waited out. */
async function settle({ database }: WorkerDeps, { id, attempts }: ClaimedRow, logger: Logger): Promise<DeliveryResult> {
  const deadline = performance.now() + LEASE_MS;
  for (;;) {
    try {
      const ours = await finish(database, id, attempts);
      if (ours) logger.info("sent");
      else logger.warn("sent, but another attempt had taken the row");
      return ours ? "sent" : "lost";
    } catch (error) {
      if (performance.now() > deadline) {
        logger.error({ err: error }, "sent, but not noted: the row will be sent again");
        return "lost";
      }
      await delay(FINISH_RETRY_MS);
    }
  }
}

async function giveBack(
  { database, enqueuer }: WorkerDeps,
  { id, queue, attempts }: ClaimedRow,
  error: unknown,
  logger: Logger,
): Promise<DeliveryResult> {
  const outcome = await fail(database, id, attempts, error, {
    permanent: error instanceof PermanentFailure,
    ...(error instanceof Postponed ? { notBefore: error.seconds * 1_000 } : {}),
  });
  if (!outcome) {
    logger.warn({ err: error }, "failed, but another attempt had taken the row");
    return "lost";
  }
  if (outcome.state === "dead") {
    logger.error({ err: error }, "dead letter");
    return "dead";
  }
  logger.warn({ err: error, delay: outcome.delay }, "failed, will be tried again");
  await enqueuer.enqueue([{ id, queue, attempts, delay: outcome.delay + CLOCK_MARGIN_MS }]);
  return "retried";
}
