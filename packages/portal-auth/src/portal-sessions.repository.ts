import { holderOf } from "@mgs/core/access-proof";
import { type Sealer, sha256 } from "@mgs/core/crypto";
import { uuidv7 } from "@mgs/core/ids";
import type { Portal } from "@mgs/core/portals";
import type { Database, Transaction } from "@mgs/db/client";
import type { LiveUserSession } from "@mgs/identity/sessions/user-sessions.repository";
import { toUser, USER_FIELDS, type User } from "@mgs/identity/users.repository";
import { insertOutbox } from "@mgs/jobs/outbox.repository";

/** Tokens of one browser in one portal; `accessExpiresAt` from the provider's `expires_in`. */
export type Tokens = { accessToken: string; refreshToken: string | null; accessExpiresAt: Date };

export type LivePortalSession = { id: string; userSessionId: string; expiresAt: Date; user: User };

const tokenContext = (id: string, kind: "access" | "refresh"): string => `portal-session:${id}:${kind}`;

function sealTokens(sealer: Sealer, id: string, tokens: Tokens) {
  return {
    accessToken: sealer.seal(tokens.accessToken, tokenContext(id, "access")),
    refreshToken: tokens.refreshToken && sealer.seal(tokens.refreshToken, tokenContext(id, "refresh")),
    accessExpiresAt: tokens.accessExpiresAt,
  };
}

/** The sign-in that a session was to hang on is over. */
export class SignInEndedError extends Error {}

/** @throws SignInEndedError when the sign-in it would hang on has ended, or is another person's */
export async function createPortalSession(
  deps: { database: Database; sealer: Sealer },
  session: { token: string; portal: Portal; userId: number; userSessionId: string; expiresAt: Date; tokens: Tokens },
): Promise<void> {
  const { tokens, token, ...row } = session;
  const id = uuidv7();
  await deps.database.$transaction(async (tx) => {
    // FOR SHARE: a logout at this very moment either sees this row and removes it, or is seen here.
    const live = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM user_sessions
       WHERE id = ${row.userSessionId}::uuid AND user_id = ${row.userId} AND ended_at IS NULL FOR SHARE`;
    if (live.length === 0) throw new SignInEndedError("the sign-in has ended");
    await tx.portalSession.create({
      data: { id, tokenHash: sha256(token), ...row, ...sealTokens(deps.sealer, id, tokens) },
    });
  });
}

/** The session behind a cookie, while its sign-in is live and its person is enabled. */
export async function findLivePortalSession(
  database: Database,
  portal: Portal,
  token: string,
): Promise<LivePortalSession | null> {
  const row = await database.portalSession.findFirst({
    where: {
      tokenHash: sha256(token),
      portal,
      expiresAt: { gt: new Date() },
      userSession: { endedAt: null },
      user: { disabledAt: null },
    },
    select: {
      id: true,
      userSessionId: true,
      expiresAt: true,
      user: { select: USER_FIELDS },
    },
  });
  return row && { ...row, user: toUser(row.user) };
}

export async function deletePortalSession(
  database: Database | Transaction,
  key: { token: string } | { id: string },
): Promise<void> {
  await database.portalSession.deleteMany({ where: "id" in key ? { id: key.id } : { tokenHash: sha256(key.token) } });
}

/** Removes a session that has ended while its page may still be open: the sockets that it let in are closed. */
export async function endPortalSession(tx: Transaction, id: string): Promise<void> {
  await deletePortalSession(tx, { id });
  await insertOutbox(tx, [{ kind: "sockets.closed", payload: { holders: [holderOf.portalSession(id)] } }]);
}

/** Locks the row until the transaction ends: whoever comes second finds the fresh tokens. */
export async function lockTokens(tx: Transaction, sealer: Sealer, id: string): Promise<Tokens | null> {
  const rows = await tx.$queryRaw<{ access_token: string; refresh_token: string | null; access_expires_at: Date }[]>`
    SELECT p.access_token, p.refresh_token, p.access_expires_at
      FROM portal_sessions p JOIN user_sessions s ON s.id = p.user_session_id
     WHERE p.id = ${id}::uuid AND s.ended_at IS NULL FOR UPDATE OF p`;
  const row = rows[0];
  if (!row) return null;
  return {
    accessToken: sealer.open(row.access_token, tokenContext(id, "access")),
    refreshToken: row.refresh_token && sealer.open(row.refresh_token, tokenContext(id, "refresh")),
    accessExpiresAt: row.access_expires_at,
  };
}

export async function storeTokens(
  tx: Transaction,
  sealer: Sealer,
  id: string,
  tokens: Tokens,
  now: Date,
): Promise<void> {
  await tx.portalSession.updateMany({ where: { id }, data: { ...sealTokens(sealer, id, tokens), refreshedAt: now } });
}

/** Sessions of one person in one portal with the provider session each hangs on: for back-channel logout. */
export async function sessionsOf(
  database: Database,
  portal: Portal,
  userId: number,
): Promise<{ id: string; oidcUid: string }[]> {
  const rows = await database.portalSession.findMany({
    where: { portal, userId },
    select: { id: true, userSession: { select: { oidcSessionUid: true } } },
  });
  return rows.map((row) => ({ id: row.id, oidcUid: row.userSession.oidcSessionUid }));
}

/**
 * Deletes the portal sessions of a sign-in. A hook for the end of a sign-in: it runs in the transaction that marks the
 * sign-in as ended.
 */
export async function deletePortalSessions(tx: Transaction, { id }: Pick<LiveUserSession, "id">): Promise<void> {
  await tx.portalSession.deleteMany({ where: { userSessionId: id } });
}

/** Of these sign-ins, the ids of those with a portal session that has not expired. */
export async function findUserSessionsWithPortalSession(
  tx: Database | Transaction,
  userSessionIds: readonly string[],
): Promise<Set<string>> {
  const rows = await tx.portalSession.findMany({
    where: { userSessionId: { in: [...userSessionIds] }, expiresAt: { gt: new Date() } },
    select: { userSessionId: true },
    distinct: ["userSessionId"],
  });
  return new Set(rows.map((row) => row.userSessionId));
}

/**
 * Deletes up to `limit` expired sessions; rows that another transaction holds wait for the next call. The rows are chosen
 * apart from the deletion: a subselect in its WHERE may run anew for each row, and passes over what is deleted by then.
 * @returns how many
 */
export async function purgePortalSessions(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT "id" FROM "portal_sessions" WHERE "expires_at" < now()
      ORDER BY "expires_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED
    )
    DELETE FROM "portal_sessions" s USING chosen WHERE s."id" = chosen."id"`;
}
