import { createBatcher } from "@mgs/core/batch";
import { uuidv7 } from "@mgs/core/ids";
import { describeError } from "@mgs/core/logged-errors";
import { currentRequestId } from "@mgs/core/request-context";
import { currentTraceparent } from "@mgs/core/trace-context";
import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import { queryPrepared, wasRolledBack } from "@mgs/db/prepared";
import { backoffMs, DEFAULT_RETRIES, type RetryPolicy } from "./backoff";
import type { NewOutboxRow } from "./outbox-kind";
import { QUEUES, type QueueName, REPEATABLE_QUEUE } from "./queues";

/**
 * The outbox in SQL. `available_at` alone decides whether a row may be claimed: for a leased row it is the end of the lease,
 * so one index serves both states. `attempts` is the fencing token: a worker that has lost its lease changes nothing.
 */

/** Reference to a row, as the enqueuer needs it. `attempts` and `delayMs` are for attempts after the first. */
export type OutboxRef = { id: string; queue: QueueName; attempts?: number; delayMs?: number; urgent?: boolean };

export type ClaimedRow = {
  id: string;
  queue: QueueName;
  kind: string;
  payload: unknown;
  notificationId: string | null;
  attempts: number;
  requestId: string | null;
  traceparent: string | null;
};

/** Result of a failed attempt: another attempt after `delayMs`, or a dead letter. */
export type FailedAttempt = { state: "pending"; delayMs: number } | { state: "dead" };

/** The sweep leaves younger pending rows alone, because the process that wrote them is enqueuing them. */
const ENQUEUE_GRACE_INTERVAL = Prisma.sql`interval '2 seconds'`;

/** Writes rows in one INSERT, in the order given; enqueue the result after the commit. */
export async function insertOutbox(tx: Transaction | Database, rows: readonly NewOutboxRow[]): Promise<OutboxRef[]> {
  if (rows.length === 0) return [];
  const values = rows.map((row) => ({
    id: row.id ?? uuidv7(),
    queue: row.queue,
    kind: row.kind,
    payload: row.payload,
    notification_id: row.notificationId ?? null,
    channel: row.channel ?? null,
    request_id: row.requestId ?? currentRequestId() ?? null,
    traceparent: currentTraceparent() ?? null,
  }));
  // The database's time is truncated, since a rounded one could lie ahead of the first claim.
  await tx.$executeRaw`
    INSERT INTO "outbox" ("id", "queue", "kind", "payload", "notification_id", "channel", "request_id", "traceparent",
      "available_at")
    SELECT r.*, date_trunc('milliseconds', now())
    FROM jsonb_to_recordset(${JSON.stringify(values)}::jsonb) AS
      r("id" uuid, "queue" text, "kind" text, "payload" jsonb, "notification_id" uuid, "channel" text, "request_id" text,
        "traceparent" text)`;
  return values.map(({ id, queue }, index) => ({ id, queue, ...(rows[index]?.isUrgent ? { urgent: true } : {}) }));
}

/**
 * Makes SQL that writes outbox rows, due at once, as part of a larger statement.
 * @param rows SQL of rows with the columns id, queue, kind, payload, notification_id, channel, request_id, traceparent
 */
export const insertOutboxFrom = (rows: string): string => `
  INSERT INTO outbox (id, queue, kind, payload, notification_id, channel, request_id, traceparent, available_at)
  SELECT r.*, date_trunc('milliseconds', now()) FROM (${rows}) r`;

/** Calls that arrive while a statement is under way share the next one; `maxWaitMs` bounds what a slow one costs them. */
const STATEMENT_BATCHING = { maxBatchSize: 64, maxWaitMs: 20, maxConcurrency: 4 };

/**
 * Makes SQL that lets the commit of a statement skip its wait for the disk when all its rows may be delivered twice. Only a
 * crash of PostgreSQL itself can undo such a commit, of the last half second at most: those rows are pending or leased again.
 * @param rows name of the relation with the statement's rows and their `queue`
 */
const commitDurability = (rows: string): string => `
  SELECT CASE WHEN bool_and(queue = '${REPEATABLE_QUEUE}') THEN set_config('synchronous_commit', 'off', true) END FROM ${rows}`;

/**
 * SQL of the rows that a batch names by two arrays, `$1::uuid[]` and `$2::int[]`. PostgreSQL sees neither the arrays nor the limit
 * while it plans, so that one plan serves every batch, and it expects a tenth of ten rows: so it looks each row up by its key.
 * With the arrays in sight it would expect ten of them to cost more than to read the whole of a table that was small when the
 * plan was made, and would do that for each claim until autovacuum has counted the rows.
 */
const batchRows = (column: string): string =>
  `(SELECT * FROM unnest((SELECT $1::uuid[]), (SELECT $2::int[])) AS a(id, ${column}) LIMIT (SELECT ${STATEMENT_BATCHING.maxBatchSize}))`;

/** SQL that the claim statement reads besides the row, so that reading it costs no round trip of its own. */
export type ClaimReading = {
  /** Part of the statement's name. */
  name: string;
  /** Further columns, each with a comma before it. Neither the row nor another reading may have a column of the same name. */
  columns: string;
  /** SQL of the joins, where `c` is the claimed row. */
  join: string;
};

/**
 * Makes the claim statement. It skips locked rows: another worker is claiming them, or the sweep brings them back. So no row
 * keeps the others of its batch waiting, and two workers cannot wait for each other.
 *
 * The condition on `state` is negative on purpose. With `IN ('pending', 'leased')` the planner could use the index of due
 * rows, and a plan made while few rows are due would read all of them for each claim once many are.
 */
const claimStatementText = (readings: readonly ClaimReading[]): string => `
  WITH due AS MATERIALIZED (
    SELECT o.id, asked.lease * interval '1 millisecond' AS lease
    FROM outbox o JOIN ${batchRows("lease")} asked ON o.id = asked.id
    WHERE o.state NOT IN ('sent', 'dead') AND o.available_at <= now()
      AND NOT EXISTS (SELECT FROM queue_pauses p WHERE p.queue = o.queue)
    FOR UPDATE OF o SKIP LOCKED
  ), claimed AS (
    UPDATE outbox SET state = 'leased', attempts = attempts + 1, lease_until = now() + due.lease,
      available_at = now() + due.lease
    FROM due WHERE outbox.id = due.id
    RETURNING outbox.id, queue, kind, payload, notification_id, attempts, request_id, traceparent
  ), durability AS MATERIALIZED (${commitDurability("claimed")}
  )
  SELECT c.id, c.queue, c.kind, c.payload, c.notification_id AS "notificationId", c.attempts,
    c.request_id AS "requestId", c.traceparent${readings.map(({ columns }) => columns).join("")}
  FROM durability CROSS JOIN claimed c ${readings.map(({ join }) => join).join(" ")}`;

/** Locks rows in the order of their ids, so that two of these statements cannot wait for each other. */
const MARK_SENT_STATEMENT = {
  name: "finish-outbox-rows",
  text: `WITH done AS MATERIALIZED (
      SELECT o.id, o.queue FROM outbox o JOIN ${batchRows("attempts")} asked
        ON o.id = asked.id AND o.attempts = asked.attempts
      WHERE o.state NOT IN ('pending', 'sent', 'dead') ORDER BY o.id FOR UPDATE OF o
    ), durability AS MATERIALIZED (${commitDurability("done")}
    )
    UPDATE outbox SET state = 'sent', finished_at = now(), lease_until = NULL, last_error = NULL
    FROM durability CROSS JOIN done WHERE outbox.id = done.id RETURNING outbox.id, outbox.attempts`,
};

/**
 * Makes a `claimRow` that reads further columns in the same round trip. Claims of broadcasts, known by their queue, are
 * batched apart, so that they do not wait for mails to reach the disk.Row
 */
export function createRowClaimer(readings: readonly ClaimReading[] = []) {
  const statement = {
    name: ["claim-outbox-rows", ...readings.map(({ name }) => name)].join("+"),
    text: claimStatementText(readings),
  };
  return batchPerDatabase<{ id: string; leaseMs: number; queue?: QueueName }, ClaimedRow | null>(
    (database, asked) =>
      queryDistinct(
        asked,
        ({ id }) => id,
        (once) =>
          queryPrepared<ClaimedRow>(database, statement, [
            once.map(({ id }) => id),
            once.map(({ leaseMs }) => leaseMs),
          ]),
      ),
    ({ queue }) => queue === REPEATABLE_QUEUE,
  );
}

const claimRowInBatch = createRowClaimer();

/**
 * Leases a due row for `leaseMs` milliseconds. Claims that arrive together share a statement; each succeeds or fails alone.
 * @returns null when the row is not due, leased, sent, dead or deleted, or its queue is paused
 */
export function claimRow(database: Database, id: string, leaseMs: number): Promise<ClaimedRow | null> {
  return claimRowInBatch(database, { id, leaseMs });
}

/** Prolongs a lease. @returns false when another attempt holds the row */
export async function renewLease(database: Database, id: string, attempts: number, leaseMs: number): Promise<boolean> {
  const changed = await database.$executeRaw`
    UPDATE "outbox" SET "lease_until" = now() + ${leaseMs} * interval '1 millisecond',
      "available_at" = now() + ${leaseMs} * interval '1 millisecond'
    WHERE "id" = ${id}::uuid AND "state" = 'leased' AND "attempts" = ${attempts}`;
  return changed === 1;
}

type AttemptKey = { id: string; attempts: number };

const markSentInBatch = batchPerDatabase<AttemptKey, AttemptKey | null>((database, asked) =>
  queryDistinct(
    asked,
    ({ id, attempts }) => `${id}-${attempts}`,
    (once) =>
      queryPrepared<AttemptKey>(database, MARK_SENT_STATEMENT, [
        once.map(({ id }) => id),
        once.map(({ attempts }) => attempts),
      ]),
  ),
);

/** Marks an attempt's row as sent. Calls that arrive together share a statement. @returns false when another attempt holds the row */
export async function markSent(database: Database, id: string, attempts: number): Promise<boolean> {
  return (await markSentInBatch(database, { id, attempts })) !== null;
}

/**
 * Records a failed attempt: the row is pending again after a back-off, or a dead letter after the last attempt or a
 * `permanent` failure.
 * @returns null when another attempt holds the row
 */
export async function recordFailure(
  database: Database,
  id: string,
  attempts: number,
  error: unknown,
  {
    permanent = false,
    minDelayMs = 0,
    retries = DEFAULT_RETRIES,
  }: { permanent?: boolean; minDelayMs?: number; retries?: RetryPolicy } = {},
): Promise<FailedAttempt | null> {
  const dead = permanent || attempts >= retries.maxAttempts;
  const delayMs = dead ? 0 : Math.max(backoffMs(attempts, Math.random, retries), minDelayMs);
  const changed = await database.$executeRaw`
    UPDATE "outbox" SET "state" = ${dead ? "dead" : "pending"}, "lease_until" = NULL,
      "available_at" = now() + ${delayMs} * interval '1 millisecond',
      "finished_at" = CASE WHEN ${dead} THEN now() END,
      "last_error" = ${describeError(error)}
    WHERE "id" = ${id}::uuid AND "state" = 'leased' AND "attempts" = ${attempts}`;
  if (changed === 0) return null;
  return dead ? { state: "dead" } : { state: "pending", delayMs: delayMs };
}

/**
 * Finds rows that Redis may have lost: pending for 2 s past their time, or with a lease that has run out. It takes the
 * `limit` oldest of each queue and none of a paused one, so the backlog of one queue does not delay another.
 */
export async function findDueRows(database: Database | Transaction, limit: number): Promise<OutboxRef[]> {
  return database.$queryRaw<OutboxRef[]>`
    SELECT r.* FROM unnest(${QUEUES}::text[]) AS q("name"), LATERAL (
      SELECT "id", "queue", "attempts" FROM "outbox"
      WHERE "queue" = q."name" AND "state" IN ('pending', 'leased') AND "available_at" <= now()
        AND ("state" = 'leased' OR "available_at" <= now() - ${ENQUEUE_GRACE_INTERVAL})
      ORDER BY "available_at" LIMIT ${limit}) r
    WHERE q."name" NOT IN (SELECT "queue" FROM "queue_pauses")`;
}

/** Makes one dead letter, some, or all of them pending again, with all their attempts; enqueue the result. */
export async function retryDeadLetters(
  database: Database | Transaction,
  which: { id: string } | { ids: readonly string[] } | "all",
): Promise<OutboxRef[]> {
  const ids = which === "all" ? null : "ids" in which ? [...which.ids] : [which.id];
  const chosen = ids === null ? Prisma.empty : Prisma.sql`AND "id" = ANY(${ids}::uuid[])`;
  return database.$queryRaw<OutboxRef[]>`
    UPDATE "outbox" SET "state" = 'pending', "attempts" = 0, "finished_at" = NULL,
      "available_at" = date_trunc('milliseconds', now())
    WHERE "state" = 'dead' ${chosen} RETURNING "id", "queue"`;
}

type RunBatch<I, O> = (database: Database, inputs: readonly I[]) => Promise<O[]>;

/**
 * Batches the calls of each database. When PostgreSQL refuses a batch, nothing is written, and each call runs alone.
 * @param isLowDurability selects calls that have batches of their own, because their commits do not wait for the disk
 */
function batchPerDatabase<I, O>(
  run: RunBatch<I, O>,
  isLowDurability: (input: I) => boolean = () => false,
): (database: Database, input: I) => Promise<O> {
  type Ask = (input: I) => Promise<O>;
  const batchers = new WeakMap<Database, { lowDurability: Ask; durable: Ask }>();
  const runBatch = async (database: Database, inputs: readonly I[]): Promise<PromiseSettledResult<O>[]> => {
    try {
      return (await run(database, inputs)).map((value) => ({ status: "fulfilled", value }));
    } catch (reason) {
      if (inputs.length === 1 || !wasRolledBack(reason)) throw reason;
      return Promise.allSettled(inputs.map(async (input) => (await run(database, [input]))[0] as O));
    }
  };
  return (database, input) => {
    let asks = batchers.get(database);
    if (!asks) {
      const ask = () => createBatcher((inputs: readonly I[]) => runBatch(database, inputs), STATEMENT_BATCHING);
      asks = { lowDurability: ask(), durable: ask() };
      batchers.set(database, asks);
    }
    return isLowDurability(input) ? asks.lowDurability(input) : asks.durable(input);
  };
}

/** Queries each key once. The first call for a key gets the row; further calls for it get null. */
async function queryDistinct<Input, Row>(
  asked: readonly Input[],
  keyOf: (row: Input | Row) => string,
  ask: (once: readonly Input[]) => Promise<Row[]>,
): Promise<(Row | null)[]> {
  const first = new Map(asked.toReversed().map((input) => [keyOf(input), input]));
  const rows = new Map((await ask([...first.values()])).map((row) => [keyOf(row), row]));
  return asked.map((input) => (first.get(keyOf(input)) === input ? (rows.get(keyOf(input)) ?? null) : null));
}
