import { createBatcher } from "@mgs/core/batch";
import { uuidv7 } from "@mgs/core/ids";
import { currentTraceparent } from "@mgs/core/trace-context";
import type { Database } from "@mgs/db/client";
import { queryPrepared, wasRolledBack } from "@mgs/db/prepared";
import { insertOutboxFrom, type OutboxRef } from "@mgs/jobs/outbox.repository";
import type { SendData } from "./contract/schemas";
import type { Idempotency } from "./idempotency.repository";
import { notificationBroadcast, notificationEmail } from "./outbox-kinds";
import { IDEMPOTENCY_KEY_TTL_SECONDS } from "./retention";

export type NewNotification = SendData & {
  source: string;
  senderId: number | null;
  requestId: string | null;
  idempotency: Idempotency | null;
  /** Hash of an access token's id, which `live_bearers` has to list; null when this request has looked its caller up. */
  bearer: string | null;
  /** False for a message that is delivered to open pages and the inbox alone. */
  mailed?: boolean;
  /** What it tells of, when it grows while it is unread. */
  group?: string;
};

export type Accepted = { id: string; createdAt: Date; refs: OutboxRef[] };

/** The e-mail starts after the toast: the worker would render the one while it should send the other. */
const EMAIL_DELAY_MS = 500;

/** Sends that arrive during a commit share the next one; a send to an inbox that stays locked delays no other inbox. */
const BATCH_OPTIONS = { maxBatchSize: 64, maxWaitMs: 20, maxConcurrency: 4, keyOf: (row: NewRow) => row.user_id };

/**
 * Accepts notifications: for each the inbox's next number and count, the row, its two deliveries and its idempotency
 * key, all in one statement and so in one round trip and one commit. The outbox rows are part of it because a delivery's
 * payload holds the number that only this statement knows.
 *
 * Inboxes are locked in the order of their people, so two such statements cannot wait for each other. The time is read
 * once, when all are locked, and each row of an inbox is a microsecond after the one before: ids of one inbox, UUIDs
 * version 7 with the microseconds in the twelve bits after the version (RFC 9562 section 6.2, method 3), sort like its
 * numbers.
 *
 * `OFFSET 0` makes PostgreSQL look up each person and token by key. Without it, it would read all people and all tokens,
 * because it expects a hundred rows from the JSON.
 */
export const ACCEPT_STATEMENT = `
  WITH input AS MATERIALIZED (
    SELECT r.*, row_number() OVER (PARTITION BY r.user_id ORDER BY r.place) AS nth,
      count(*) OVER (PARTITION BY r.user_id) AS many
    FROM json_to_recordset($1) AS r(place int, user_id int, type text, titre text, message text, url text, source text,
        sender_id int, email_id uuid, broadcast_id uuid, request_id text, traceparent text,
        owner text, key text, request_hash text, bearer text, mailed boolean, group_key text)
      CROSS JOIN LATERAL (SELECT FROM users WHERE id = r.user_id AND disabled_at IS NULL OFFSET 0) u
    WHERE r.bearer IS NULL OR EXISTS (SELECT FROM live_bearers b
      WHERE b.id_hash = r.bearer AND b.client IS NOT NULL AND (b.model = 'ClientCredentials' OR b.user_id IS NOT NULL)
      OFFSET 0)
  ), inbox AS (
    INSERT INTO inboxes (user_id, seq, unread_count)
    SELECT user_id, many, many FROM input WHERE nth = 1 ORDER BY user_id
    ON CONFLICT (user_id) DO UPDATE
      SET seq = inboxes.seq + excluded.seq, unread_count = inboxes.unread_count + excluded.unread_count
    RETURNING user_id, seq, unread_count
  ), clock AS MATERIALIZED (
    SELECT floor(extract(epoch FROM clock_timestamp()) * 1000000)::bigint AS us FROM (SELECT count(*) FROM inbox) locked
  ), timed AS MATERIALIZED (
    SELECT input.*, inbox.seq - many + nth AS seq, (inbox.unread_count - many + nth)::int AS unread_count,
      clock.us + nth AS us
    FROM input JOIN inbox USING (user_id), clock
  ), accepted AS MATERIALIZED (
    SELECT timed.*, encode(int8send(((us / 1000) << 16) | 28672 | ((us % 1000) * 4096 / 1000))
        || substring(uuid_send(gen_random_uuid()) FROM 9), 'hex')::uuid AS id,
      to_timestamp(us / 1000 / 1000.0)::timestamptz(3) AS created_at
    FROM timed
  ), rows AS (
    INSERT INTO notifications (id, user_id, seq, type, titre, message, url, source, sender_id, group_key, created_at)
    SELECT id, user_id, seq, type, titre, message, url, source, sender_id, group_key, created_at FROM accepted ORDER BY place
  ), deliveries AS (
    ${insertOutboxFrom(`
      SELECT d.id, d.queue, d.kind, d.payload, a.id AS notification_id, d.channel, a.request_id, a.traceparent
      FROM accepted a, LATERAL (VALUES
        (a.email_id, '${notificationEmail.queue}', '${notificationEmail.kind}', '{}'::jsonb, 'email'),
        (a.broadcast_id, '${notificationBroadcast.queue}', '${notificationBroadcast.kind}',
          jsonb_build_object('user_id', a.user_id, 'seq', a.seq, 'unread_count', a.unread_count), 'broadcast')
      ) AS d(id, queue, kind, payload, channel)
      WHERE d.channel <> 'email' OR a.mailed IS NOT FALSE
      ORDER BY a.place`)}
  ), reserved AS (
    INSERT INTO idempotency_keys (owner, key, request_hash, response, expires_at)
    SELECT owner, key, request_hash, jsonb_build_object('id', id, 'created_at', created_at, 'source', source),
      now() + interval '${IDEMPOTENCY_KEY_TTL_SECONDS} seconds'
    FROM accepted WHERE key IS NOT NULL
  )
  SELECT place, id, created_at FROM accepted`;

type Row = { place: number; id: string; created_at: Date };

const batchers = new WeakMap<Database, (row: NewRow) => Promise<Accepted | null>>();

/**
 * Accepts a notification, in one commit with those that arrive at the same time. An error of one rejects that one alone.
 * @returns null when the recipient is unknown or disabled, or the token is no longer valid
 * @throws the database's unique violation when the idempotency key is taken; nothing of this notification is written
 */
export function insertNotification(database: Database, input: NewNotification): Promise<Accepted | null> {
  let accept = batchers.get(database);
  if (!accept) {
    accept = createBatcher((rows) => acceptRows(database, rows), BATCH_OPTIONS);
    batchers.set(database, accept);
  }
  return accept(toRow(input));
}

function toRow(input: NewNotification) {
  const { user_id, type, titre, message, url, source, senderId, requestId, idempotency, bearer } = input;
  return {
    ...{ user_id, type, titre, message, url, source, sender_id: senderId, request_id: requestId },
    email_id: uuidv7(),
    broadcast_id: uuidv7(),
    traceparent: currentTraceparent() ?? null,
    bearer,
    ...(input.mailed === false ? { mailed: false } : {}),
    ...(input.group === undefined ? {} : { group_key: input.group }),
    ...(idempotency && { owner: idempotency.owner, key: idempotency.key, request_hash: idempotency.requestHash }),
  };
}

type NewRow = ReturnType<typeof toRow>;

async function acceptRows(
  database: Database,
  rows: readonly NewRow[],
): Promise<PromiseSettledResult<Accepted | null>[]> {
  try {
    const accepted = await writeRows(database, rows);
    return accepted.map((value) => ({ status: "fulfilled", value }));
  } catch (reason) {
    if (rows.length === 1) return [{ status: "rejected", reason }];
    // The statement may have been committed: a second attempt could send twice.
    if (!wasRolledBack(reason)) throw reason;
    const alone: PromiseSettledResult<Accepted | null>[] = [];
    for (const row of rows) alone.push(...(await acceptRows(database, [row])));
    return alone;
  }
}

async function writeRows(database: Database, rows: readonly NewRow[]): Promise<(Accepted | null)[]> {
  const input = JSON.stringify(rows.map((row, place) => ({ place, ...row })));
  const written = await queryPrepared<Row>(database, { name: "accept-notifications", text: ACCEPT_STATEMENT }, [input]);
  const byPlace = new Map(written.map((row) => [row.place, row]));
  return rows.map(({ email_id, broadcast_id, mailed }, place) => {
    const row = byPlace.get(place);
    if (!row) return null;
    const refs = [
      ...(mailed === false ? [] : [{ id: email_id, queue: notificationEmail.queue, delayMs: EMAIL_DELAY_MS }]),
      { id: broadcast_id, queue: notificationBroadcast.queue },
    ];
    return { id: row.id, createdAt: row.created_at, refs };
  });
}
