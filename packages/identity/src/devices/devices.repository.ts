import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import type { AuthMethod, LiveUserSession } from "../sessions/user-sessions.repository";

/** A sign-in as the list of devices shows it. */
export type DeviceRow = {
  id: string;
  userAgent: string | null;
  ip: string | null;
  authMethod: AuthMethod;
  createdAt: Date;
  lastSeenAt: Date;
  endedAt: Date | null;
  endReason: string | null;
};

const COLUMNS = Prisma.sql`s.id::text, s.user_agent AS "userAgent", s.ip, s.auth_method AS "authMethod",
  s.created_at AS "createdAt", s.last_seen_at AS "lastSeenAt", s.ended_at AS "endedAt", s.end_reason AS "endReason"`;

/** A form that was sent and is not followed up yet is no device. */
const IS_LISTED = Prisma.sql`s.removed_at IS NULL AND s.oidc_session_uid NOT LIKE 'pending:%'`;

/** Live sign-ins of a person: `firstId`, then those seen last first. */
export async function findLiveDevices(
  database: Database,
  userId: number,
  { firstId, limit }: { firstId: string | null; limit: number },
): Promise<DeviceRow[]> {
  return database.$queryRaw<DeviceRow[]>`
    SELECT ${COLUMNS} FROM user_sessions s
    WHERE s.user_id = ${userId} AND s.ended_at IS NULL AND ${IS_LISTED}
    ORDER BY s.id IS NOT DISTINCT FROM ${firstId}::uuid DESC, s.last_seen_at DESC, s.id LIMIT ${limit}`;
}

/** Sign-ins of a person that have ended, those that ended last first. */
export async function findEndedDevices(database: Database, userId: number, limit: number): Promise<DeviceRow[]> {
  return database.$queryRaw<DeviceRow[]>`
    SELECT ${COLUMNS} FROM user_sessions s
    WHERE s.user_id = ${userId} AND s.ended_at IS NOT NULL AND ${IS_LISTED} ORDER BY s.ended_at DESC, s.id LIMIT ${limit}`;
}

/** Names of the applications that live sign-ins have opened. */
export async function findDeviceClients(
  database: Database,
  userSessionIds: readonly string[],
): Promise<{ userSessionId: string; name: string }[]> {
  if (userSessionIds.length === 0) return [];
  return database.$queryRaw<{ userSessionId: string; name: string }[]>`
    SELECT c.user_session_id::text AS "userSessionId", k.name FROM session_clients c JOIN clients k ON k.id = c.client_id
    WHERE c.user_session_id = ANY(${[...userSessionIds]}::uuid[]) ORDER BY k.first_party DESC, k.name`;
}

/** A sign-in with its person, locked until the transaction is over; null when there is none, or it was removed from the list. */
export async function lockDevice(tx: Transaction, id: string): Promise<(LiveUserSession & { isLive: boolean }) | null> {
  const rows = await tx.$queryRaw<(LiveUserSession & { isLive: boolean })[]>`
    SELECT s.id::text, s.user_id AS "userId", s.oidc_session_uid AS "oidcSessionUid", s.ended_at IS NULL AS "isLive"
    FROM user_sessions s WHERE s.id = ${id}::uuid AND s.removed_at IS NULL FOR UPDATE`;
  return rows[0] ?? null;
}

/** Takes a sign-in off the list of devices. */
export async function markRemoved(tx: Transaction, id: string, at: Date): Promise<void> {
  await tx.userSession.update({ where: { id }, data: { removedAt: at } });
}

/**
 * Locks live sign-ins of all people but one, the oldest first. It waits for those that another transaction holds, so that none is
 * left out.
 */
export async function lockLiveSessionsOfEveryone(
  tx: Transaction,
  { exceptId, before, limit }: { exceptId: string | null; before: Date; limit: number },
): Promise<LiveUserSession[]> {
  return tx.$queryRaw<LiveUserSession[]>`
    SELECT s.id::text, s.user_id AS "userId", s.oidc_session_uid AS "oidcSessionUid" FROM user_sessions s
    WHERE s.ended_at IS NULL AND s.created_at <= ${before} AND s.id IS DISTINCT FROM ${exceptId}::uuid
    ORDER BY s.last_seen_at LIMIT ${limit} FOR UPDATE`;
}
