import { CANARY_CLIENT } from "@mgs/core/canary";
import { type Database, Prisma } from "@mgs/db/client";
import type { SentFilter, SentState } from "./sent-filter";

/**
 * Reads sent notifications at a cost that does not grow with the table: it uses no count and no offset, and every filter has
 * an index in the order of the page. An id begins with its time (UUID version 7), so a time range is a range of ids.
 * docs/query-plans.md shows the plans; `OFFSET 0` keeps the planner from turning a lookup by key into a join of whole tables.
 */

export type Channel = "email" | "broadcast";

/** A delivery as the outbox has it; the outbox deletes the row of a sent one after a day. */
export type DeliveryRow = {
  id: string;
  notificationId: string;
  channel: Channel;
  state: "pending" | "leased" | "sent" | "dead";
  attempts: number;
  availableAt: Date;
  finishedAt: Date | null;
  lastError: string | null;
};

export type SentRow = {
  id: string;
  type: string;
  titre: string;
  source: string;
  createdAt: Date;
  readAt: Date | null;
  archivedAt: Date | null;
  deletedAt: Date | null;
  recipientId: number;
  recipientName: string;
  recipientEmail: string;
  senderId: number | null;
  senderName: string | null;
};

export type SentDetail = SentRow & { message: string; url: string | null };

/** Where a page begins: at the newest row, or beside the row of this id. */
export type PagePosition = { before?: string | undefined; after?: string | undefined };

const FIELDS = Prisma.sql`n."id", n."type", n."titre", n."source", n."created_at" AS "createdAt", n."read_at" AS "readAt",
  n."archived_at" AS "archivedAt", n."deleted_at" AS "deletedAt",
  r."id" AS "recipientId", r."name" AS "recipientName", r."email" AS "recipientEmail",
  s."id" AS "senderId", s."name" AS "senderName"`;

/** The conditions of the partial indexes that together contain all notifications of a person, literally the same. */
const INBOX_INDEX_CONDITIONS = [
  Prisma.sql`n."deleted_at" IS NULL AND n."archived_at" IS NULL`,
  Prisma.sql`n."deleted_at" IS NULL AND n."archived_at" IS NOT NULL`,
  Prisma.sql`n."deleted_at" IS NOT NULL`,
];

/** Conditions of the partial indexes `outbox_notification_dead` and `outbox_notification_open`. */
const DELIVERY_STATE: Record<Exclude<SentState, "delivered">, Prisma.Sql> = {
  failed: Prisma.sql`o."state" = 'dead'`,
  pending: Prisma.sql`o."state" IN ('pending', 'leased')`,
};

/** The lowest id that a notification of that millisecond can have. */
function lowestId(at: Date): string {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, "0").slice(-12);
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

function isInIdRange(id: Prisma.Sql, { from, to }: SentFilter, { before, after }: PagePosition = {}): Prisma.Sql {
  const conditions = [
    ...(from ? [Prisma.sql`${id} >= ${lowestId(from)}::uuid`] : []),
    ...(to ? [Prisma.sql`${id} < ${lowestId(to)}::uuid`] : []),
    ...(before ? [Prisma.sql`${id} < ${before}::uuid`] : []),
    ...(after ? [Prisma.sql`${id} > ${after}::uuid`] : []),
  ];
  return conditions.length === 0 ? Prisma.sql`true` : Prisma.join(conditions, " AND ");
}

/** Conditions on the notification's own row. Notifications of the canary are left out, unless the filter names their source. */
function matchesRow({ source, type, user_id }: SentFilter): Prisma.Sql {
  const conditions = [
    source === undefined ? Prisma.sql`n."source" <> ${CANARY_CLIENT}` : Prisma.sql`n."source" = ${source}`,
    ...(type === undefined ? [] : [Prisma.sql`n."type" = ${type}`]),
    ...(user_id === undefined ? [] : [Prisma.sql`n."user_id" = ${user_id}::int`]),
  ];
  return Prisma.join(conditions, " AND ");
}

/** Condition on the state of the deliveries, which PostgreSQL looks up in the outbox row by row. */
function hasState(state: SentState | undefined): Prisma.Sql {
  if (state === undefined) return Prisma.sql`true`;
  const condition = state === "delivered" ? Prisma.sql`o."state" <> 'sent'` : DELIVERY_STATE[state];
  const found = Prisma.sql`EXISTS (SELECT 1 FROM "outbox" o
    WHERE o."notification_id" = n."id" AND ${condition} OFFSET 0)`;
  return state === "delivered" ? Prisma.sql`NOT ${found}` : found;
}

const ID = Prisma.sql`n."id"`;
const NOTIFICATION_ID = Prisma.sql`o."notification_id"`;

/** Writes the limit as a constant: PostgreSQL plans a LIMIT parameter as a tenth of the table. */
function limitTo(limit: number): Prisma.Sql {
  if (!Number.isSafeInteger(limit)) throw new Error("a limit is a whole number");
  return Prisma.raw(`LIMIT ${limit}`);
}

/** Selects the ids of a page, in its order. */
function selectPageIds(filter: SentFilter, position: PagePosition, limit: number): Prisma.Sql {
  const order = position.after ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  // The outbox comes first: it has fewer open deliveries than the table has notifications.
  if (filter.user_id === undefined && (filter.state === "failed" || filter.state === "pending")) {
    return Prisma.sql`
      SELECT o."notification_id" AS "id" FROM (
        SELECT DISTINCT o."notification_id" FROM "outbox" o
        WHERE ${DELIVERY_STATE[filter.state]} AND o."notification_id" IS NOT NULL
          AND ${isInIdRange(NOTIFICATION_ID, filter, position)}
        ORDER BY o."notification_id" ${order}
      ) o
      CROSS JOIN LATERAL (
        SELECT 1 FROM "notifications" n WHERE n."id" = o."notification_id" AND ${matchesRow(filter)} OFFSET 0
      ) n
      ORDER BY o."notification_id" ${order} ${limitTo(limit)}`;
  }
  if (filter.user_id === undefined) {
    return Prisma.sql`
      SELECT n."id" FROM "notifications" n
      WHERE ${matchesRow(filter)} AND ${isInIdRange(ID, filter, position)} AND ${hasState(filter.state)}
      ORDER BY n."id" ${order} ${limitTo(limit)}`;
  }
  // The person comes first: one person has fewer notifications than a common source or type.
  const lists = INBOX_INDEX_CONDITIONS.map(
    (condition) => Prisma.sql`(
      SELECT n."id" FROM (
        SELECT n."id", n."source", n."type", n."user_id" FROM "notifications" n
        WHERE n."user_id" = ${filter.user_id}::int AND ${condition} AND ${isInIdRange(ID, filter, position)}
        ORDER BY n."id" ${order} OFFSET 0
      ) n
      WHERE ${matchesRow(filter)} AND ${hasState(filter.state)}
      ORDER BY n."id" ${order} ${limitTo(limit)})`,
  );
  return Prisma.sql`${Prisma.join(lists, " UNION ALL ")} ORDER BY "id" ${order} ${limitTo(limit)}`;
}

/** Reads `limit` notifications, newest first. */
export async function readSent(
  database: Database,
  filter: SentFilter,
  position: PagePosition,
  limit: number,
): Promise<SentRow[]> {
  return database.$queryRaw<SentRow[]>`
    SELECT ${FIELDS}
    FROM (${selectPageIds(filter, position, limit)}) page
    JOIN "notifications" n ON n."id" = page."id"
    JOIN "users" r ON r."id" = n."user_id"
    LEFT JOIN "users" s ON s."id" = n."sender_id"
    ORDER BY n."id" DESC`;
}

export async function findSent(database: Database, id: string): Promise<SentDetail | null> {
  const rows = await database.$queryRaw<SentDetail[]>`
    SELECT ${FIELDS}, n."message", n."url"
    FROM "notifications" n
    JOIN "users" r ON r."id" = n."user_id"
    LEFT JOIN "users" s ON s."id" = n."sender_id"
    WHERE n."id" = ${id}::uuid`;
  return rows[0] ?? null;
}

/** Reads the deliveries of some notifications that the outbox still has. */
export async function readDeliveries(database: Database, ids: readonly string[]): Promise<DeliveryRow[]> {
  return database.$queryRaw<DeliveryRow[]>`
    SELECT "id", "notification_id" AS "notificationId", "channel", "state", "attempts", "available_at" AS "availableAt",
      "finished_at" AS "finishedAt", "last_error" AS "lastError"
    FROM "outbox" WHERE "notification_id" = ANY(${[...ids]}::uuid[]) AND "channel" IS NOT NULL
    ORDER BY "notification_id" DESC, "channel" DESC`;
}

/** Finds the outbox ids of dead deliveries whose notifications pass the filter, newest first. */
export async function findDeadDeliveries(database: Database, filter: SentFilter, limit: number): Promise<string[]> {
  const rows = await database.$queryRaw<{ id: string }[]>`
    SELECT o."id" FROM "outbox" o
    CROSS JOIN LATERAL (
      SELECT 1 FROM "notifications" n WHERE n."id" = o."notification_id" AND ${matchesRow(filter)} OFFSET 0
    ) n
    WHERE ${DELIVERY_STATE.failed} AND o."notification_id" IS NOT NULL AND ${isInIdRange(NOTIFICATION_ID, filter)}
    ORDER BY o."notification_id" DESC ${limitTo(limit)}`;
  return rows.map(({ id }) => id);
}

/** Reads the values that a filter can take, each by one index lookup: the cost grows with the values, not with the rows. */
export async function readChoices(database: Database, column: "source" | "type", limit: number): Promise<string[]> {
  const name = column === "source" ? Prisma.sql`"source"` : Prisma.sql`"type"`;
  const rows = await database.$queryRaw<{ value: string }[]>`
    WITH RECURSIVE known AS (
      (SELECT ${name} AS "value" FROM "notifications" ORDER BY ${name} LIMIT 1)
      UNION ALL
      SELECT (SELECT n.${name} FROM "notifications" n WHERE n.${name} > known."value" ORDER BY n.${name} LIMIT 1)
      FROM known WHERE known."value" IS NOT NULL
    )
    SELECT "value" FROM known WHERE "value" IS NOT NULL ${limitTo(limit)}`;
  return rows.map(({ value }) => value);
}
