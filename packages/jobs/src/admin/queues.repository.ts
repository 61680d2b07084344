import type { Database, Transaction } from "@mgs/db/client";
import { Prisma } from "@mgs/db/client";
import type { OutboxRef } from "../outbox.repository";
import { QUEUES, type QueueName } from "../queues";

/** Counts stop here, so that a page costs the same whatever the tables hold. */
export const MAX_COUNTED_ROWS = 100_000;

export type QueueRow = {
  queue: QueueName;
  pending: number;
  leased: number;
  due: number;
  dead: number;
  oldestSeconds: number;
  lastMinute: number;
  lastHour: number;
  pausedAt: Date | null;
  pausedBy: string | null;
};

/** Counts each queue's rows, in the order of `QUEUES`; every count stops at `MAX_COUNTED_ROWS`. */
export async function countQueues(database: Database): Promise<QueueRow[]> {
  return database.$queryRaw<QueueRow[]>`
    SELECT q.name AS "queue", open.pending, open.leased, open.due, open.oldest AS "oldestSeconds", dead.count AS "dead",
      finished.minute AS "lastMinute", finished.hour AS "lastHour", p.paused_at AS "pausedAt", p.paused_by AS "pausedBy"
    FROM unnest(${QUEUES}::text[]) WITH ORDINALITY AS q(name, place)
    LEFT JOIN queue_pauses p ON p.queue = q.name
    CROSS JOIN LATERAL (
      SELECT count(*) FILTER (WHERE state = 'pending')::int AS pending,
        count(*) FILTER (WHERE state = 'leased')::int AS leased,
        count(*) FILTER (WHERE available_at <= now())::int AS due,
        greatest(0, coalesce(extract(epoch FROM now() - min(available_at)), 0))::float8 AS oldest
      FROM (SELECT state, available_at FROM outbox WHERE queue = q.name AND state IN ('pending', 'leased')
            ORDER BY available_at LIMIT ${MAX_COUNTED_ROWS}) o) open
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS count
      FROM (SELECT FROM outbox WHERE queue = q.name AND state = 'dead' LIMIT ${MAX_COUNTED_ROWS}) d) dead
    CROSS JOIN LATERAL (
      SELECT count(*)::int AS hour,
        count(*) FILTER (WHERE finished_at > now() - interval '1 minute')::int AS minute
      FROM (SELECT finished_at FROM outbox
            WHERE queue = q.name AND state = 'sent' AND finished_at > now() - interval '1 hour'
            ORDER BY finished_at DESC LIMIT ${MAX_COUNTED_ROWS}) f) finished
    ORDER BY q.place`;
}

export type FailedFilter = { queue?: QueueName | undefined; kind?: string | undefined };

export type FailedRow = {
  id: string;
  queue: QueueName;
  kind: string;
  payload: unknown;
  notificationId: string | null;
  channel: string | null;
  attempts: number;
  lastError: string | null;
  requestId: string | null;
  createdAt: Date;
  finishedAt: Date | null;
};

/** Reads dead letters, the youngest first, that are older than the one with the id `before`. */
export async function findDeadLetters(
  database: Database,
  filter: FailedFilter,
  before: string | null,
  limit: number,
): Promise<FailedRow[]> {
  return database.$queryRaw<FailedRow[]>`
    SELECT id, queue, kind, payload, notification_id AS "notificationId", channel, attempts, last_error AS "lastError",
      request_id AS "requestId", created_at AS "createdAt", finished_at AS "finishedAt"
    FROM outbox WHERE ${matchesDeadLetter(filter)} ${isBefore(before)} ORDER BY id DESC LIMIT ${limit}`;
}

function isBefore(id: string | null): Prisma.Sql {
  return id === null ? Prisma.empty : Prisma.sql`AND id < ${id}::uuid`;
}

/**
 * Does what `retryDeadLetters` does for the `limit` youngest dead letters that pass the filter and are older than the one
 * with the id `before`. It skips rows that another call is retrying.
 */
export async function retryMatchingDeadLetters(
  tx: Transaction,
  filter: FailedFilter,
  before: string | null,
  limit: number,
): Promise<OutboxRef[]> {
  return tx.$queryRaw<OutboxRef[]>`
    WITH chosen AS MATERIALIZED (
      SELECT id FROM outbox WHERE ${matchesDeadLetter(filter)} ${isBefore(before)}
      ORDER BY id DESC LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    UPDATE outbox o SET state = 'pending', attempts = 0, finished_at = NULL,
      available_at = date_trunc('milliseconds', now())
    FROM chosen WHERE o.id = chosen.id RETURNING o.id, o.queue`;
}

function matchesDeadLetter({ queue, kind }: FailedFilter): Prisma.Sql {
  const conditions = [Prisma.sql`state = 'dead'`];
  if (queue !== undefined) conditions.push(Prisma.sql`queue = ${queue}`);
  if (kind !== undefined) conditions.push(Prisma.sql`kind = ${kind}`);
  return Prisma.join(conditions, " AND ");
}

/** @returns false when it paused already */
export async function insertPause(tx: Transaction, queue: QueueName, by: string): Promise<boolean> {
  const { count } = await tx.queuePause.createMany({ data: [{ queue, pausedBy: by }], skipDuplicates: true });
  return count === 1;
}

/** @returns false when it did not pause */
export async function deletePause(tx: Transaction, queue: QueueName): Promise<boolean> {
  const { count } = await tx.queuePause.deleteMany({ where: { queue } });
  return count === 1;
}
