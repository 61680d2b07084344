import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import type { InboxFilter, InboxState } from "./contract/schemas";
import type { NotificationRow } from "./dto";

/**
 * Reads and changes inboxes. Every change locks the inbox row first and takes its number from it, so changes of one inbox
 * happen one after the other and the count stays right. Every read returns the number that it belongs to: it is one
 * statement, and so one snapshot.
 */

const FIELDS = Prisma.sql`n."id", n."seq", n."type", n."titre", n."message", n."url", n."source",
  (SELECT k."name" FROM "clients" k WHERE k."id" = n."source" AND k."revoked_at" IS NULL) AS "sourceName",
  n."sender_id" AS "senderId", s."name" AS "senderName", n."created_at" AS "createdAt",
  n."read_at" AS "readAt", n."archived_at" AS "archivedAt"`;

/** The conditions of the partial indexes `notifications_inbox`, `_unread` and `_archived`, literally the same. */
const FILTERS: Record<InboxFilter, Prisma.Sql> = {
  all: Prisma.sql`n."deleted_at" IS NULL AND n."archived_at" IS NULL`,
  unread: Prisma.sql`n."deleted_at" IS NULL AND n."archived_at" IS NULL AND n."read_at" IS NULL`,
  archived: Prisma.sql`n."deleted_at" IS NULL AND n."archived_at" IS NOT NULL`,
};

type StateRow = { inboxSeq: bigint; unreadCount: number };
/** Columns of a LEFT JOIN: all have values, or all are null. */
type Joined<T> = T | { [K in keyof T]: null };

const EMPTY: InboxState = { seq: 0, unread_count: 0 };

export async function readInboxState(database: Database | Transaction, userId: number): Promise<InboxState> {
  const row = await database.inbox.findUnique({ where: { userId }, select: { seq: true, unreadCount: true } });
  return row ? { seq: Number(row.seq), unread_count: row.unreadCount } : EMPTY;
}

/** Reads the newest `limit` rows of a list that are older than `cursor`. */
export async function readInboxPage(
  database: Database,
  userId: number,
  { filter, cursor, limit }: { filter: InboxFilter; cursor: string | undefined; limit: number },
): Promise<{ rows: NotificationRow[]; state: InboxState }> {
  const after = cursor === undefined ? Prisma.empty : Prisma.sql`AND n."id" < ${cursor}::uuid`;
  const rows = await database.$queryRaw<(StateRow & Joined<NotificationRow>)[]>`
    SELECT i."seq" AS "inboxSeq", i."unread_count" AS "unreadCount", page.*
    FROM "inboxes" i
    LEFT JOIN LATERAL (
      SELECT ${FIELDS} FROM "notifications" n LEFT JOIN "users" s ON s."id" = n."sender_id"
      WHERE n."user_id" = ${userId} AND ${FILTERS[filter]} ${after}
      ORDER BY n."id" DESC LIMIT ${limit}
    ) page ON true
    WHERE i."user_id" = ${userId} ORDER BY page."id" DESC`;
  return { rows: rows.filter(isPresent), state: stateOf(rows[0]) };
}

/** A changed notification, or the tombstone of a deleted one. */
export type ChangedRow = NotificationRow & { deletedAt: Date | null };

/** Reads up to `limit` rows whose last change has a number above `after`, in the order of the changes. */
export async function readChanges(
  database: Database,
  userId: number,
  after: number,
  limit: number,
): Promise<{ rows: ChangedRow[]; state: InboxState; floor: number }> {
  const rows = await database.$queryRaw<(StateRow & { floorSeq: bigint } & Joined<ChangedRow>)[]>`
    SELECT i."seq" AS "inboxSeq", i."unread_count" AS "unreadCount", i."floor_seq" AS "floorSeq", page.*
    FROM "inboxes" i
    LEFT JOIN LATERAL (
      SELECT ${FIELDS}, n."deleted_at" AS "deletedAt"
      FROM "notifications" n LEFT JOIN "users" s ON s."id" = n."sender_id"
      WHERE n."user_id" = ${userId} AND n."seq" > ${after}::bigint
      ORDER BY n."seq" LIMIT ${limit}
    ) page ON true
    WHERE i."user_id" = ${userId} ORDER BY page."seq"`;
  return { rows: rows.filter(isPresent), state: stateOf(rows[0]), floor: Number(rows[0]?.floorSeq ?? 0) };
}

export async function readNotification(
  database: Database,
  userId: number,
  id: string,
): Promise<NotificationRow | null> {
  const rows = await database.$queryRaw<NotificationRow[]>`
    SELECT ${FIELDS} FROM "notifications" n LEFT JOIN "users" s ON s."id" = n."sender_id"
    WHERE n."id" = ${id}::uuid AND n."user_id" = ${userId} AND n."deleted_at" IS NULL`;
  return rows[0] ?? null;
}

/** Waits until other changes of this inbox have ended. @returns its state, zero for a person who has had no notification */
export async function lockInbox(tx: Transaction, userId: number): Promise<InboxState> {
  const rows = await tx.$queryRaw<StateRow[]>`
    SELECT "seq" AS "inboxSeq", "unread_count" AS "unreadCount" FROM "inboxes"
    WHERE "user_id" = ${userId} FOR UPDATE`;
  return stateOf(rows[0]);
}

export type NotificationMarks = { readAt: Date | null; archivedAt: Date | null };

/** Reads the marks of a notification that is not deleted; the caller has locked the inbox. */
export async function readMarks(tx: Transaction, userId: number, id: string): Promise<NotificationMarks | null> {
  return tx.notification.findFirst({
    where: { id, userId, deletedAt: null },
    select: { readAt: true, archivedAt: true },
  });
}

/** Writes marks under the inbox's next number. @param unreadChange -1, 0 or 1 */
export async function writeMarks(
  tx: Transaction,
  userId: number,
  id: string,
  marks: NotificationMarks,
  unreadChange: number,
): Promise<InboxState> {
  return requireState(
    await tx.$queryRaw<StateRow[]>`
      WITH i AS (${takeNextNumber(userId, Prisma.sql`${unreadChange}::int`)}), changed AS (
        UPDATE "notifications" n SET "seq" = i."inboxSeq", "read_at" = ${marks.readAt}::timestamptz,
          "archived_at" = ${marks.archivedAt}::timestamptz
        FROM i WHERE n."id" = ${id}::uuid
      ) SELECT * FROM i`,
  );
}

/** Leaves a tombstone without text under the inbox's next number. @param unreadChange -1 or 0 */
export async function writeTombstone(
  tx: Transaction,
  userId: number,
  id: string,
  unreadChange: number,
): Promise<InboxState> {
  return requireState(
    await tx.$queryRaw<StateRow[]>`
      WITH i AS (${takeNextNumber(userId, Prisma.sql`${unreadChange}::int`)}), changed AS (
        UPDATE "notifications" n SET "seq" = i."inboxSeq", "deleted_at" = now(), "titre" = '', "message" = '', "url" = NULL
        FROM i WHERE n."id" = ${id}::uuid
      ) SELECT * FROM i`,
  );
}

/** Which of a person's notifications lead to a page, whatever stands behind its address (`?…`, `#…`). */
export type PageAddress = {
  /** The absolute address. */
  href: string;
  /** The path, as notifications of that portal have it. */
  path: string;
  portal: string;
};

const leadsTo = ({ href, path, portal }: PageAddress) => Prisma.sql`(
  (n."url" = ${path} OR starts_with(n."url", ${`${path}?`}) OR starts_with(n."url", ${`${path}#`})) AND n."source" = ${portal}
  OR n."url" = ${href} OR starts_with(n."url", ${`${href}?`}) OR starts_with(n."url", ${`${href}#`}))`;

/**
 * Whether a person has an unread notification that leads to a page. It waits for no lock: nearly every opening of a page finds none. It reads the
 * person's unread ones by their index, 13 ms for 20,000 of them, so that writing a notification does not pay for an index of addresses.
 */
export async function hasUnreadOf(database: Database, userId: number, page: PageAddress): Promise<boolean> {
  const rows = await database.$queryRaw<unknown[]>`
    SELECT FROM "notifications" n WHERE n."user_id" = ${userId} AND ${FILTERS.unread} AND ${leadsTo(page)} LIMIT 1`;
  return rows.length > 0;
}

/**
 * Marks unread rows read under one number.
 * @param page marks those alone that lead to it
 * @returns the ids, newest first; none: no number was taken
 */
export async function writeAllRead(
  tx: Transaction,
  userId: number,
  page?: PageAddress,
): Promise<{ ids: string[]; state: InboxState } | null> {
  return writeRead(tx, userId, page ? Prisma.sql`${FILTERS.unread} AND ${leadsTo(page)}` : FILTERS.unread);
}

async function writeRead(
  tx: Transaction,
  userId: number,
  chosen: Prisma.Sql,
): Promise<{ ids: string[]; state: InboxState } | null> {
  const rows = await tx.$queryRaw<(StateRow & { id: string })[]>`
    WITH unread AS (
      SELECT n."id" FROM "notifications" n WHERE n."user_id" = ${userId} AND ${chosen}
    ), i AS (
      UPDATE "inboxes" SET "seq" = "seq" + 1, "unread_count" = "unread_count" - (SELECT count(*) FROM unread)
      WHERE "user_id" = ${userId} AND EXISTS (SELECT 1 FROM unread)
      RETURNING "seq" AS "inboxSeq", "unread_count" AS "unreadCount"
    ), changed AS (
      UPDATE "notifications" n SET "seq" = i."inboxSeq", "read_at" = now()
      FROM i, unread WHERE n."id" = unread."id" RETURNING n."id"
    ) SELECT i.*, changed."id" FROM i, changed ORDER BY changed."id" DESC`;
  return rows.length === 0 ? null : { ids: rows.map(({ id }) => id), state: stateOf(rows[0]) };
}

/** Ids of somebody's notifications of the last time that are not deleted, read or not: the newest thousand. */
export async function findIdsSince(database: Database, userId: number, since: Date): Promise<string[]> {
  const rows = await database.notification.findMany({
    where: { userId, createdAt: { gt: since }, deletedAt: null },
    orderBy: { seq: "desc" },
    take: 1_000,
    select: { id: true },
  });
  return rows.map(({ id }) => id);
}

/** What a notification says. */
export type GrownText = { type: string; titre: string; message: string; url: string };

/** The unread notification of a group; null without one. */
export async function findGrowing(
  database: Database | Transaction,
  userId: number,
  group: string,
): Promise<(GrownText & { id: string }) | null> {
  const rows = await database.$queryRaw<(GrownText & { id: string })[]>`
    SELECT n."id", n."type", n."titre", n."message", n."url" FROM "notifications" n
    WHERE n."user_id" = ${userId} AND n."group_key" = ${group} AND ${FILTERS.unread} ORDER BY n."id" DESC LIMIT 1`;
  return rows[0] ?? null;
}

/** Writes another text under the inbox's next number. */
export async function writeGrown(
  tx: Transaction,
  userId: number,
  id: string,
  { type, titre, message, url }: GrownText,
): Promise<InboxState> {
  return requireState(
    await tx.$queryRaw<StateRow[]>`
      WITH i AS (${takeNextNumber(userId, Prisma.sql`0::int`)}), changed AS (
        UPDATE "notifications" n SET "seq" = i."inboxSeq", "type" = ${type}, "titre" = ${titre}, "message" = ${message},
          "url" = ${url} FROM i WHERE n."id" = ${id}::uuid
      ) SELECT * FROM i`,
  );
}

/** Marks the unread rows of a group read under one number. @returns their ids; null: there are none */
export const writeGroupRead = (
  tx: Transaction,
  userId: number,
  group: string,
): Promise<{ ids: string[]; state: InboxState } | null> =>
  writeRead(tx, userId, Prisma.sql`${FILTERS.unread} AND n."group_key" = ${group}`);

function takeNextNumber(userId: number, unreadChange: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`UPDATE "inboxes" SET "seq" = "seq" + 1, "unread_count" = "unread_count" + ${unreadChange}
    WHERE "user_id" = ${userId} RETURNING "seq" AS "inboxSeq", "unread_count" AS "unreadCount"`;
}

function requireState(rows: StateRow[]): InboxState {
  if (!rows[0]) throw new Error("a notification without an inbox row");
  return stateOf(rows[0]);
}

function stateOf(row: StateRow | undefined): InboxState {
  return row ? { seq: Number(row.inboxSeq), unread_count: row.unreadCount } : EMPTY;
}

function isPresent<T extends { id: string | null }>(row: T): row is Extract<T, { id: string }> {
  return row.id !== null;
}
