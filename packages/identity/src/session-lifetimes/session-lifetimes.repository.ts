import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";
import type { SessionLifetimes } from "./session-lifetimes";

export type StoredLifetimes = { lifetimes: SessionLifetimes; version: number; changedAt: Date };

type Row = SessionLifetimes & { version: number; changedAt: Date };

const COLUMNS = `idle_seconds AS idle, absolute_seconds AS absolute, remembered_idle_seconds AS remembered_idle,
  remembered_absolute_seconds AS remembered_absolute, access_token_seconds AS access_token,
  refresh_token_seconds AS refresh_token, portal_session_seconds AS portal_session, version, changed_at AS "changedAt"`;

const FIND = { name: "find-session-lifetimes", text: `SELECT ${COLUMNS} FROM session_lifetimes` };

/** @throws Error in a database without its row, which the migrations have made */
export async function findLifetimes(database: Database): Promise<StoredLifetimes> {
  return toStored((await queryPrepared<Row>(database, FIND, []))[0]);
}

/** Reads the lifetimes and locks them until the transaction is over. */
export async function lockLifetimes(tx: Transaction): Promise<StoredLifetimes> {
  const [row] = await tx.$queryRaw<Row[]>`SELECT ${Prisma.raw(COLUMNS)} FROM session_lifetimes FOR UPDATE`;
  return toStored(row);
}

function toStored(row: Row | undefined): StoredLifetimes {
  if (!row) throw new Error("the table session_lifetimes has lost its row");
  const { version, changedAt, ...lifetimes } = row;
  return { lifetimes, version, changedAt };
}

export async function saveLifetimes(tx: Transaction, lifetimes: SessionLifetimes, at: Date): Promise<void> {
  await tx.sessionLifetimes.update({
    where: { id: 1 },
    data: {
      idleSeconds: lifetimes.idle,
      absoluteSeconds: lifetimes.absolute,
      rememberedIdleSeconds: lifetimes.remembered_idle,
      rememberedAbsoluteSeconds: lifetimes.remembered_absolute,
      accessTokenSeconds: lifetimes.access_token,
      refreshTokenSeconds: lifetimes.refresh_token,
      portalSessionSeconds: lifetimes.portal_session,
      version: { increment: 1 },
      changedAt: at,
    },
  });
}

/** SQL of the time at which a sign-in runs out. `l` is the row of the lifetimes; the rest is SQL of the sign-in's values. */
export const expiryOf = (values: { remembered: string; createdAt: string; lastSeenAt: string }): string =>
  `LEAST(
    ${values.createdAt} + CASE WHEN ${values.remembered} THEN l.remembered_absolute_seconds ELSE l.absolute_seconds END * interval '1 second',
    ${values.lastSeenAt} + CASE WHEN ${values.remembered} THEN l.remembered_idle_seconds ELSE l.idle_seconds END * interval '1 second')`;

const OF_ROW = expiryOf({ remembered: "s.remembered", createdAt: "s.created_at", lastSeenAt: "s.last_seen_at" });

/** Has the lifetimes of this moment hold for the sign-ins that go on. One that had run out stays so. @returns how many changed */
export async function applyLifetimes(tx: Transaction): Promise<number> {
  return tx.$executeRaw`
    UPDATE user_sessions s SET expires_at = ${Prisma.raw(OF_ROW)} FROM session_lifetimes l
    WHERE s.ended_at IS NULL AND s.expires_at > now() AND s.expires_at <> ${Prisma.raw(OF_ROW)}`;
}

/** Sign-ins that go on, the people of whom they are, and how many are remembered. */
export type LiveCount = { sessions: number; people: number; remembered: number };

export async function countLive(database: Database): Promise<LiveCount> {
  const rows = await database.$queryRaw<LiveCount[]>`
    SELECT count(*)::int AS sessions, count(DISTINCT user_id)::int AS people, (count(*) FILTER (WHERE remembered))::int AS remembered
    FROM user_sessions WHERE ended_at IS NULL AND expires_at > now() AND oidc_session_uid NOT LIKE 'pending:%'`;
  return rows[0] ?? { sessions: 0, people: 0, remembered: 0 };
}
