import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "@mgs/core/logger";
import { withRequestId } from "@mgs/core/request-context";
import { withSpan } from "@mgs/core/trace-context";
import { PermanentFailure, Postponed } from "@mgs/jobs/delivery-attempt";
import {
  type ClaimedRow,
  type ClaimReading,
  createRowClaimer,
  markSent,
  recordFailure,
} from "@mgs/jobs/outbox.repository";
import type { QueueName } from "@mgs/jobs/queues";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { type DeliveryResult, metrics } from "@mgs/observability/metrics/registry";
import type { Handlers } from "./handlers";
import { keepLease, LEASE_MS } from "./lease";

/** A retry's delay in Redis is longer by this, so that its job does not arrive before the row is due by PostgreSQL's clock. */
const CLOCK_MARGIN_MS = 100;
const MARK_SENT_RETRY_MS = 500;

/** Delivers one outbox row, for a job or for the sweep. */
export type Deliver = (id: string, queue: QueueName) => Promise<void>;

/**
 * Makes the function that runs one attempt at one outbox row, from claim to result. It leaves a row alone that is not due or
 * that another worker holds: PostgreSQL decides, however often a job comes. It throws when PostgreSQL does not answer; the
 * row's lease then expires.
 * @param readings further columns that modules read in the claim statement
 */
export function createDeliver(deps: WorkerDeps, handlers: Handlers, readings: readonly ClaimReading[]): Deliver {
  const claim = createRowClaimer(readings);
  return async (id, queue) => {
    const row = await claim(deps.database, { id, leaseMs: LEASE_MS, queue });
    if (!row) return;
    const { kind, traceparent } = row;
    const work = () =>
      withSpan(`deliver ${kind}`, { kind: "consumer", traceparent }, () => runAttempt(deps, handlers, row));
    await (row.requestId === null ? work() : withRequestId(row.requestId, work));
  };
}

async function runAttempt(deps: WorkerDeps, handlers: Handlers, row: ClaimedRow): Promise<void> {
  const logger = deps.logger.child({ outbox_id: row.id, kind: row.kind, attempts: row.attempts });
  const lease = keepLease(deps.database, row);
  const start = performance.now();
  let result: DeliveryResult;
  try {
    await runHandler(deps, handlers, row, logger);
    result = await markAttemptSent(deps, row, logger);
  } catch (error) {
    result = await recordFailedAttempt(deps, handlers, row, error, logger);
  } finally {
    lease.stop();
  }
  const { deliveries, deliveryDuration } = metrics();
  deliveries.inc({ kind: row.kind, result });
  deliveryDuration.observe({ kind: row.kind }, (performance.now() - start) / 1_000);
}

async function runHandler(deps: WorkerDeps, handlers: Handlers, row: ClaimedRow, logger: Logger): Promise<void> {
  const handler = handlers.get(row.kind);
  // A row of a newer release waits for a worker that has its handler.
  if (!handler) throw new Error(`no handler for ${row.kind}`);
  const { id, payload, notificationId } = row;
  await handler.handle(deps, { id, payload, notificationId, row, logger });
}

/** Marks the row as sent. It retries while PostgreSQL is away for a short time, since a row that is not marked is sent again. */
async function markAttemptSent(
  { database }: WorkerDeps,
  { id, attempts }: ClaimedRow,
  logger: Logger,
): Promise<DeliveryResult> {
  const deadline = performance.now() + LEASE_MS;
  for (;;) {
    try {
      const isOurs = await markSent(database, id, attempts);
      if (isOurs) logger.info("sent");
      else logger.warn("sent, but another attempt had taken the row");
      return isOurs ? "sent" : "lost";
    } catch (error) {
      if (performance.now() > deadline) {
        logger.error({ err: error }, "sent, but not marked as sent: the row will be sent again");
        return "lost";
      }
      await delay(MARK_SENT_RETRY_MS);
    }
  }
}

async function recordFailedAttempt(
  { database, enqueuer }: WorkerDeps,
  handlers: Handlers,
  { id, queue, kind, attempts }: ClaimedRow,
  error: unknown,
  logger: Logger,
): Promise<DeliveryResult> {
  const retries = handlers.get(kind)?.retries;
  const outcome = await recordFailure(database, id, attempts, error, {
    ...(retries ? { retries } : {}),
    permanent: error instanceof PermanentFailure,
    ...(error instanceof Postponed ? { minDelayMs: error.delaySeconds * 1_000 } : {}),
  });
  if (!outcome) {
    logger.warn({ err: error }, "failed, but another attempt had taken the row");
    return "lost";
  }
  if (outcome.state === "dead") {
    logger.error({ err: error }, "dead letter");
    return "dead";
  }
  logger.warn({ err: error, delay: outcome.delayMs }, "failed, will be tried again");
  await enqueuer.enqueue([{ id, queue, attempts, delayMs: outcome.delayMs + CLOCK_MARGIN_MS }]);
  return "retried";
}
