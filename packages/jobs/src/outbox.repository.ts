import { createBatcher } from "@mgs/core/batch";
import { uuidv7 } from "@mgs/core/ids";
import { hideSecrets } from "@mgs/core/redact";
import { currentRequestId } from "@mgs/core/request-context";
import { currentTraceparent } from "@mgs/core/trace-context";
import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import { prepared, wasRolledBack } from "@mgs/db/prepared";
import { backoff, MAX_ATTEMPTS } from "./backoff";
import type { NewOutboxRow } from "./outbox-kind";
import { QUEUES, type QueueName, REPEATABLE_QUEUE } from "./queues";

/**
 * The outbox in SQL. `available_at` is the one time that decides whether a row may be claimed: for a leased row it is
 * the end of the lease, so one index answers both questions. `attempts` fences: whoever lost the lease changes nothing.
 */

/** What the enqueuer needs. `attempts` and `delay` (milliseconds) are for attempts after the first. */
export type OutboxRef = { id: string; queue: QueueName; attempts?: number; delay?: number; urgent?: boolean };

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

/** What became of a failed attempt: another one after `delay` milliseconds, or none. */
export type FailedAttempt = { state: "pending"; delay: number } | { state: "dead" };

/** Pending rows younger than this are their enqueuer's business. */
const GRACE = Prisma.sql`interval '2 seconds'`;
const LAST_ERROR_LENGTH = 500;

/** Writes rows in one INSERT, in the order given; enqueue the result after the commit. */
export async function insertOutbox(tx: Transaction | Database, rows: readonly NewOutboxRow[]): Promise<OutboxRef[]> {
  if (rows.length === 0) return [];
  const values = rows.map((row) => ({
    id: uuidv7(),
    queue: row.queue,
    kind: row.kind,
    payload: row.payload,
    notification_id: row.notificationId ?? null,
    channel: row.channel ?? null,
    request_id: row.requestId ?? currentRequestId() ?? null,
    traceparent: currentTraceparent() ?? null,
  }));
  // The database's clock, cut and not rounded: a rounded one could lie ahead of the first claim.
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
 * SQL that writes outbox rows as part of a larger statement, due at once.
 * @param rows SQL of rows with the columns id, queue, kind, payload, notification_id, channel, request_id, traceparent
 */
export const insertOutboxFrom = (rows: string): string => `
  INSERT INTO outbox (id, queue, kind, payload, notification_id, channel, request_id, traceparent, available_at)
  SELECT r.*, date_trunc('milliseconds', now()) FROM (${rows}) r`;

/** What comes while a statement is under way goes with the next one; a slow one keeps nobody waiting for long. */
const BATCH = { maxBatchSize: 64, maxWaitMs: 20, maxConcurrency: 4 };

/**
 * The commit of a statement that is only about what may come twice does not wait for the disk. Only a crash of PostgreSQL
 * itself can undo it, half a second of it at most: then those rows are pending or leased again.
 * @param rows what the statement is about, with their `queue`
 */
const paceOf = (rows: string): string => `
  SELECT CASE WHEN bool_and(queue = '${REPEATABLE_QUEUE}') THEN set_config('synchronous_commit', 'off', true) END FROM ${rows}`;

/** SQL that the statement that claims reads besides the row, so that it costs no round trip. */
export type ClaimReading = {
  /** Part of the statement's name. */
  name: string;
  /** Further columns, each with a comma before it; their names are no column's of the row and of no other reading. */
  columns: string;
  /** Joins; the claimed row is `c`. */
  join: string;
};

/**
 * Waits for no row: one that somebody else has locked is being claimed, or comes back by the sweep. So no row keeps the
 * others of its batch waiting, and two workers cannot wait for each other.
 *
 * States are told by what they are not: said the other way round, the index of due rows would do for them, and a plan
 * made while few are due reads all of them for each claim once many are.
 */
const claimText = (readings: readonly ClaimReading[]): string => `
  WITH due AS MATERIALIZED (
    SELECT o.id, asked.lease * interval '1 millisecond' AS lease
    FROM outbox o JOIN unnest($1::uuid[], $2::int[]) AS asked(id, lease) ON o.id = asked.id
    WHERE o.state NOT IN ('sent', 'dead') AND o.available_at <= now()
      AND NOT EXISTS (SELECT FROM queue_pauses p WHERE p.queue = o.queue)
    FOR UPDATE OF o SKIP LOCKED
  ), claimed AS (
    UPDATE outbox SET state = 'leased', attempts = attempts + 1, lease_until = now() + due.lease,
      available_at = now() + due.lease
    FROM due WHERE outbox.id = due.id
    RETURNING outbox.id, queue, kind, payload, notification_id, attempts, request_id, traceparent
  ), pace AS MATERIALIZED (${paceOf("claimed")}
  )
  SELECT c.id, c.queue, c.kind, c.payload, c.notification_id AS "notificationId", c.attempts,
    c.request_id AS "requestId", c.traceparent${readings.map(({ columns }) => columns).join("")}
  FROM pace CROSS JOIN claimed c ${readings.map(({ join }) => join).join(" ")}`;

/** Locks rows in the order of their ids, so two of these cannot wait for each other. */
const FINISH = {
  name: "finish-outbox-rows",
  text: `WITH done AS MATERIALIZED (
      SELECT o.id, o.queue FROM outbox o JOIN unnest($1::uuid[], $2::int[]) AS asked(id, attempts)
        ON o.id = asked.id AND o.attempts = asked.attempts
      WHERE o.state NOT IN ('pending', 'sent', 'dead') ORDER BY o.id FOR UPDATE OF o
    ), pace AS MATERIALIZED (${paceOf("done")}
    )
    UPDATE outbox SET state = 'sent', finished_at = now(), lease_until = NULL, last_error = NULL
    FROM pace CROSS JOIN done WHERE outbox.id = done.id RETURNING outbox.id, outbox.attempts`,
};

/**
 * A claim that reads something beside the row, in the same round trip. A toast's, told by its queue, waits for no mail's.
 * @see claim
 */
export function createClaim(readings: readonly ClaimReading[] = []) {
  const statement = {
    name: ["claim-outbox-rows", ...readings.map(({ name }) => name)].join("+"),
    text: claimText(readings),
  };
  return perDatabase<{ id: string; leaseMs: number; queue?: QueueName }, ClaimedRow | null>(
    (database, asked) =>
      matched(
        asked,
        ({ id }) => id,
        (once) =>
          prepared<ClaimedRow>(database, statement, [once.map(({ id }) => id), once.map(({ leaseMs }) => leaseMs)]),
      ),
    ({ queue }) => queue === REPEATABLE_QUEUE,
  );
}

const claimAlone = createClaim();

/**
 * Takes a due row for `leaseMs` milliseconds, or null: not due, taken by another, sent, dead, gone, or its queue pauses.
 * Claims that come together are one statement, and each stands for itself.
 */
export function claim(database: Database, id: string, leaseMs: number): Promise<ClaimedRow | null> {
  return claimAlone(database, { id, leaseMs });
}

/** Prolongs a lease; false when it was lost to another attempt. */
export async function renew(database: Database, id: string, attempts: number, leaseMs: number): Promise<boolean> {
  const changed = await database.$executeRaw`
    UPDATE "outbox" SET "lease_until" = now() + ${leaseMs} * interval '1 millisecond',
      "available_at" = now() + ${leaseMs} * interval '1 millisecond'
    WHERE "id" = ${id}::uuid AND "state" = 'leased' AND "attempts" = ${attempts}`;
  return changed === 1;
}

type Attempted = { id: string; attempts: number };

const finishOne = perDatabase<Attempted, Attempted | null>((database, asked) =>
  matched(
    asked,
    ({ id, attempts }) => `${id}-${attempts}`,
    (once) => prepared<Attempted>(database, FINISH, [once.map(({ id }) => id), once.map(({ attempts }) => attempts)]),
  ),
);

/** Marks an attempt's row as sent, with those that end at the same time; false when another attempt has taken it. */
export async function finish(database: Database, id: string, attempts: number): Promise<boolean> {
  return (await finishOne(database, { id, attempts })) !== null;
}

/**
 * Gives a row back after a failure: pending with back-off, or a dead letter after the last attempt or a `permanent`
 * refusal. Null when another attempt has taken it meanwhile.
 * @param options.notBefore milliseconds that the next attempt waits at least
 */
export async function fail(
  database: Database,
  id: string,
  attempts: number,
  error: unknown,
  { permanent = false, notBefore = 0 }: { permanent?: boolean; notBefore?: number } = {},
): Promise<FailedAttempt | null> {
  const dead = permanent || attempts >= MAX_ATTEMPTS;
  const delay = dead ? 0 : Math.max(backoff(attempts), notBefore);
  const changed = await database.$executeRaw`
    UPDATE "outbox" SET "state" = ${dead ? "dead" : "pending"}, "lease_until" = NULL,
      "available_at" = now() + ${delay} * interval '1 millisecond',
      "finished_at" = CASE WHEN ${dead} THEN now() END,
      "last_error" = ${describeError(error)}
    WHERE "id" = ${id}::uuid AND "state" = 'leased' AND "attempts" = ${attempts}`;
  if (changed === 0) return null;
  return dead ? { state: "dead" } : { state: "pending", delay };
}

/**
 * Rows that should be in Redis and perhaps are not: pending for 2 s past their time, or with a lease that ran out. Of
 * each queue the `limit` oldest, of a paused one none: what one queue has piled up keeps no other waiting.
 */
export async function due(database: Database | Transaction, limit: number): Promise<OutboxRef[]> {
  return database.$queryRaw<OutboxRef[]>`
    SELECT r.* FROM unnest(${QUEUES}::text[]) AS q("name"), LATERAL (
      SELECT "id", "queue", "attempts" FROM "outbox"
      WHERE "queue" = q."name" AND "state" IN ('pending', 'leased') AND "available_at" <= now()
        AND ("state" = 'leased' OR "available_at" <= now() - ${GRACE})
      ORDER BY "available_at" LIMIT ${limit}) r
    WHERE q."name" NOT IN (SELECT "queue" FROM "queue_pauses")`;
}

/** Makes one dead letter, some of them, or all, pending again with all attempts before it; enqueue the result. */
export async function retryDead(
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

type Run<I, O> = (database: Database, inputs: readonly I[]) => Promise<O[]>;

/**
 * Gathers a database's calls. A statement that PostgreSQL refuses wrote nothing: then each of its calls is tried alone.
 * @param hurries true of calls that gather apart: they wait neither with the others nor after them
 */
function perDatabase<I, O>(
  run: Run<I, O>,
  hurries: (input: I) => boolean = () => false,
): (database: Database, input: I) => Promise<O> {
  type Ask = (input: I) => Promise<O>;
  const batchers = new WeakMap<Database, { hurried: Ask; others: Ask }>();
  const settle = async (database: Database, inputs: readonly I[]): Promise<PromiseSettledResult<O>[]> => {
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
      const ask = () => createBatcher((inputs: readonly I[]) => settle(database, inputs), BATCH);
      asks = { hurried: ask(), others: ask() };
      batchers.set(database, asks);
    }
    return hurries(input) ? asks.hurried(input) : asks.others(input);
  };
}

/** Each row to the first that asked for it; who asked a second time gets none. */
async function matched<Input, Row>(
  asked: readonly Input[],
  keyOf: (row: Input | Row) => string,
  ask: (once: readonly Input[]) => Promise<Row[]>,
): Promise<(Row | null)[]> {
  const first = new Map(asked.toReversed().map((input) => [keyOf(input), input]));
  const rows = new Map((await ask([...first.values()])).map((row) => [keyOf(row), row]));
  return asked.map((input) => (first.get(keyOf(input)) === input ? (rows.get(keyOf(input)) ?? null) : null));
}

/** An error as the dead-letter list shows it: short, and without the credentials a URL may carry. */
function describeError(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return hideSecrets(text).slice(0, LAST_ERROR_LENGTH).toWellFormed();
}
