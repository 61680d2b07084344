import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import type { ChosenStatus } from "../contract/own-presence";
import { AWAY_AFTER_MINUTES, type ShownStatus } from "../contract/presence";

type Reader = Database | Transaction;

/** Whether somebody shows what they have read, and sees it of others. */
export async function showsReads(database: Reader, userId: number): Promise<boolean> {
  const row = await database.presence.findUnique({ where: { userId }, select: { showsReads: true } });
  return row?.showsReads ?? true;
}

/** Of these people, those who do not show what they have read. */
export async function findHidingReads(database: Reader, userIds: readonly number[]): Promise<Set<number>> {
  const rows = await database.presence.findMany({
    where: { userId: { in: [...userIds] }, showsReads: false },
    select: { userId: true },
  });
  return new Set(rows.map(({ userId }) => userId));
}

export type OwnRow = { status: ChosenStatus; until: Date | null; showsReads: boolean };

/** What somebody has chosen; a choice whose time is over is none. */
export async function findOwn(database: Reader, userId: number, now: Date): Promise<OwnRow> {
  const row = await database.presence.findUnique({
    where: { userId },
    select: { status: true, until: true, showsReads: true },
  });
  if (!row) return { status: "online", until: null, showsReads: true };
  const isOver = row.until !== null && row.until <= now;
  return {
    status: isOver ? "online" : (row.status as ChosenStatus),
    until: isOver ? null : row.until,
    showsReads: row.showsReads,
  };
}

/** Whether somebody has chosen not to be seen by others. */
export const isInvisible = async (database: Reader, userId: number, now: Date): Promise<boolean> =>
  (await findOwn(database, userId, now)).status === "invisible";

export async function saveOwn(tx: Transaction, userId: number, data: Partial<OwnRow>): Promise<void> {
  await tx.presence.upsert({ where: { userId }, create: { userId, ...data }, update: data });
}

/** Notes that somebody uses a page. */
export async function noteActive(database: Reader, userId: number, at: Date): Promise<void> {
  await database.presence.upsert({
    where: { userId },
    create: { userId, activeAt: at },
    update: { activeAt: at },
  });
}

/** What others see of somebody, by their row `p` at a time. */
const shownAt = (now: Date): Prisma.Sql => Prisma.sql`CASE
  WHEN p.status = 'invisible' AND (p.until IS NULL OR p.until > ${now}) THEN 'offline'
  WHEN NOT p.connected THEN 'offline'
  WHEN p.status IN ('dnd', 'away') AND (p.until IS NULL OR p.until > ${now}) THEN p.status
  WHEN p.active_at < ${now}::timestamptz - make_interval(mins => ${AWAY_AFTER_MINUTES}) THEN 'away'
  ELSE 'online' END`;

export type ShownRow = { userId: number; shown: ShownStatus; lastSeenAt: Date | null };

/** What others see of some people; those who were never there are left out. */
export function findShown(database: Reader, userIds: readonly number[], now: Date): Promise<ShownRow[]> {
  return database.$queryRaw<ShownRow[]>`
    SELECT p.user_id AS "userId", ${shownAt(now)} AS shown, p.last_seen_at AS "lastSeenAt" FROM presences p
    WHERE p.user_id = ANY (${[...userIds]}::int[])`;
}

/** Lets one process at a time compare who is there with what is noted. @returns false when another one does */
export async function lockSweep(tx: Transaction): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ locked: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended('messaging.presence', 0)) AS locked`;
  return row?.locked ?? false;
}

/** Notes who is connected, by all who are. Whoever has gone was last seen now; while somebody is invisible, they are seen no later. */
export async function noteConnected(tx: Transaction, userIds: readonly number[], now: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO presences AS p (user_id, connected, active_at)
    SELECT id, true, ${now} FROM unnest(${[...userIds]}::int[]) AS there(id)
    ON CONFLICT (user_id) DO UPDATE SET connected = true, active_at = ${now} WHERE NOT p.connected`;
  await tx.$executeRaw`
    UPDATE presences SET connected = false, last_seen_at = CASE WHEN shown = 'offline' THEN last_seen_at ELSE ${now} END
    WHERE connected AND NOT user_id = ANY (${[...userIds]}::int[])`;
}

/** Notes what others see now of those of whom it is another than they were told. @returns what is to be told */
export function takeChangedShown(tx: Transaction, now: Date, userId?: number): Promise<ShownRow[]> {
  const of =
    userId === undefined ? Prisma.sql`(p.connected OR p.shown <> 'offline')` : Prisma.sql`p.user_id = ${userId}`;
  return tx.$queryRaw<ShownRow[]>`
    UPDATE presences p SET shown = ${shownAt(now)},
      last_seen_at = CASE WHEN ${shownAt(now)} = 'offline' AND p.connected THEN ${now} ELSE p.last_seen_at END
    WHERE ${of} AND p.shown <> ${shownAt(now)}
    RETURNING p.user_id AS "userId", p.shown, p.last_seen_at AS "lastSeenAt"`;
}

/** Until when somebody does not want to be disturbed; null: they may be. */
export async function findQuietUntil(database: Reader, userId: number, now: Date): Promise<Date | null> {
  const { status, until } = await findOwn(database, userId, now);
  return status === "dnd" ? until : null;
}
