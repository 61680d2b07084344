import type { Portal } from "@mgs/core/portals";
import type { Database, Transaction } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";
import { JOIN_ROLE, toUser, USER_COLUMNS, type User, type UserRow } from "../users.repository";
import type { Party } from "./permissions";

/** An impersonation that has not ended: `userId` is the person in whose name somebody acts. */
export type RunningImpersonation = {
  id: string;
  administratorId: number;
  userId: number;
  /** The administrator's sign-in. */
  userSessionId: string;
  expiresAt: Date;
};

/** One with the rights of both, which its look-ups weigh. */
export type WeighedImpersonation = RunningImpersonation & {
  isExpired: boolean;
  user: User;
  administrator: Party & { name: string };
};

type WeighedRow = UserRow & {
  impersonationId: string;
  userSessionId: string;
  expiresAt: Date;
  isExpired: boolean;
  administratorId: number;
  administratorName: string;
  administratorRole: string;
  administratorPermissions: readonly string[];
  administratorPortals: readonly Portal[];
  administratorDisabledAt: Date | null;
};

const SELECT_WEIGHED = `SELECT ${USER_COLUMNS}, i.id AS "impersonationId", i.user_session_id AS "userSessionId",
    i.expires_at AS "expiresAt", i.expires_at <= now() AS "isExpired", a.id AS "administratorId", a.name AS "administratorName",
    a.role AS "administratorRole", ar.permissions AS "administratorPermissions", ar.portals AS "administratorPortals",
    a.disabled_at AS "administratorDisabledAt"
    FROM impersonations i JOIN users u ON u.id = i.user_id ${JOIN_ROLE}
    JOIN users a ON a.id = i.administrator_id LEFT JOIN roles ar ON ar.slug = a.role
    WHERE i.ended_at IS NULL`;

const FIND = { name: "find-impersonation", text: `${SELECT_WEIGHED} AND i.id = $1::uuid AND i.expires_at > now()` };
/** Few run at a time; those that end first come first. */
const LIST = { name: "list-impersonations", text: `${SELECT_WEIGHED} ORDER BY i.expires_at LIMIT $1` };

function toWeighed(row: WeighedRow): WeighedImpersonation {
  const { impersonationId, userSessionId, expiresAt, isExpired, administratorId } = row;
  const user = toUser(row);
  const administrator = {
    name: row.administratorName,
    role: row.administratorRole,
    permissions: row.administratorPermissions,
    portals: row.administratorPortals,
    disabledAt: row.administratorDisabledAt,
  };
  const ids = { id: impersonationId, administratorId, userId: user.id, userSessionId };
  return { ...ids, expiresAt, isExpired, user, administrator };
}

/** Finds one that has neither ended nor expired. */
export async function findRunning(database: Database, id: string): Promise<WeighedImpersonation | null> {
  const [row] = await queryPrepared<WeighedRow>(database, FIND, [id]);
  return row ? toWeighed(row) : null;
}

/** Lists those that have not ended, expired ones included. */
export async function listUnended(database: Database, limit: number): Promise<WeighedImpersonation[]> {
  return (await queryPrepared<WeighedRow>(database, LIST, [limit])).map(toWeighed);
}

export async function insertImpersonation(
  tx: Transaction,
  row: RunningImpersonation & { reason: string; startedAt: Date },
): Promise<void> {
  await tx.impersonation.create({ data: row });
}

const RUNNING = { id: true, administratorId: true, userId: true, userSessionId: true, expiresAt: true } as const;

/** Finds those that have not ended of a sign-in, or of the person in whose name they are. */
export async function findUnended(
  tx: Transaction,
  of: { userSessionId: string } | { userId: number },
): Promise<RunningImpersonation[]> {
  return tx.impersonation.findMany({ where: { ...of, endedAt: null }, select: RUNNING });
}

/** Finds the person in whose name a sign-in acts, or acted last. */
export async function findLatest(database: Database, userSessionId: string): Promise<{ userId: number } | null> {
  const where = { userSessionId };
  return database.impersonation.findFirst({ where, select: { userId: true }, orderBy: { startedAt: "desc" } });
}

/** Those that run in a person's name, with who acts. */
export async function findRunningOf(
  database: Database,
  userId: number,
): Promise<(RunningImpersonation & { reason: string; startedAt: Date; administrator: { name: string } })[]> {
  return database.impersonation.findMany({
    where: { userId, endedAt: null, expiresAt: { gt: new Date() } },
    select: { ...RUNNING, reason: true, startedAt: true, administrator: { select: { name: true } } },
    orderBy: { startedAt: "desc" },
  });
}

/** @returns false when it had ended already */
export async function markImpersonationEnded(tx: Transaction, id: string, at: Date, reason: string): Promise<boolean> {
  const { count } = await tx.impersonation.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: at, endReason: reason },
  });
  return count === 1;
}

/** Locks a sign-in, so that of two beginnings in one browser the second sees the first. @returns false when it has ended */
export async function lockSignIn(tx: Transaction, userSessionId: string): Promise<boolean> {
  const rows = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM user_sessions WHERE id = ${userSessionId}::uuid AND ended_at IS NULL FOR UPDATE`;
  return rows.length > 0;
}

/** Deletes up to `limit` that ended longer than `maxAgeSeconds` ago. @returns how many */
export async function purgeImpersonations(database: Database, maxAgeSeconds: number, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT "id" FROM "impersonations" WHERE "ended_at" < now() - ${maxAgeSeconds}::int * interval '1 second'
      ORDER BY "ended_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "impersonations" i USING chosen WHERE i."id" = chosen."id"`;
}
