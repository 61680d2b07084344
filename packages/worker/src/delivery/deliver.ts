import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "@mgs/core/logger";
import { withRequestId } from "@mgs/core/request-context";
import { traced } from "@mgs/core/trace-context";
import { OUTBOX_KINDS, type OutboxKind, type OutboxPayload, type QueueName } from "@mgs/jobs/contracts";
import { type ClaimedRow, fail, finish } from "@mgs/jobs/outbox.repository";
import { type DeliveryRow, toDelivery } from "@mgs/notifications/notifications.repository";
import { type DeliveryResult, metrics } from "@mgs/observability/metrics/registry";
import type { WorkerDeps } from "../deps";
import { claimWithNotification } from "./claim.repository";
import { type Handlers, PermanentFailure, Postponed } from "./handler";
import { keepLease, LEASE } from "./lease";

/** Added to a retry's delay, so that Redis does not wake us before PostgreSQL's clock says so. */
const CLOCK_MARGIN = 100;
const FINISH_RETRY = 500;

type Row = ClaimedRow & DeliveryRow;

/**
 * One attempt at one outbox row, from claim to result. A row that is not due, or that another worker holds, is left
 * alone: however often a job comes, PostgreSQL decides.
 * @throws Error when PostgreSQL does not answer; the row then goes back by itself
 */
export async function deliver(deps: WorkerDeps, handlers: Handlers, id: string, queue: QueueName): Promise<void> {
  const row = await claimWithNotification(deps.database, { id, leaseMs: LEASE, queue });
  if (!row) return;
  const { kind, traceparent } = row;
  const work = () => traced(`deliver ${kind}`, { kind: "consumer", traceparent }, () => attempt(deps, handlers, row));
  await (row.requestId === null ? work() : withRequestId(row.requestId, work));
}

async function attempt(deps: WorkerDeps, handlers: Handlers, row: Row): Promise<void> {
  const logger = deps.logger.child({ outbox_id: row.id, kind: row.kind, attempts: row.attempts });
  const lease = keepLease(deps.database, row);
  const start = performance.now();
  let result: DeliveryResult;
  try {
    await handle(deps, handlers, row, logger);
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

async function handle(deps: WorkerDeps, handlers: Handlers, row: Row, logger: Logger): Promise<void> {
  // A kind from a newer release waits for the worker that knows it.
  if (!isKnown(row.kind)) throw new Error(`no handler for ${row.kind}`);
  await run(deps, handlers, row.kind, row, logger);
}

async function run<K extends OutboxKind>(
  deps: WorkerDeps,
  handlers: Handlers,
  kind: K,
  row: Row,
  logger: Logger,
): Promise<void> {
  const { id, notificationId } = row;
  const parsed = OUTBOX_KINDS[kind].payload.safeParse(row.payload);
  if (!parsed.success) throw new PermanentFailure(`the payload is not that of ${kind}`);
  const payload = parsed.data as OutboxPayload<K>;
  const notification = notificationId === null ? null : toDelivery(notificationId, row);
  await handlers[kind](deps, { id, payload, notificationId, notification, logger });
}

function isKnown(kind: string): kind is OutboxKind {
  return Object.hasOwn(OUTBOX_KINDS, kind);
}

/** The transport has answered: what is lost now is delivered twice, so a short absence of PostgreSQL is waited out. */
async function settle({ database }: WorkerDeps, { id, attempts }: ClaimedRow, logger: Logger): Promise<DeliveryResult> {
  const deadline = performance.now() + LEASE;
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
      await delay(FINISH_RETRY);
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
  await enqueuer.enqueue([{ id, queue, attempts, delay: outcome.delay + CLOCK_MARGIN }]);
  return "retried";
}
