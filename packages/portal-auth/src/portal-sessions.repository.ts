import { holderOf } from "@mgs/core/access-proof";
import { type Sealer, sha256 } from "@mgs/core/crypto";
import { uuidv7 } from "@mgs/core/ids";
import type { Portal } from "@mgs/core/portals";
import { type Database, Prisma, type Transaction } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";
import { socketsClosed } from "@mgs/identity/outbox-kinds";
import { IMPERSONATION_COLUMN, IS_LIVE_SIGN_IN, joinSignIn } from "@mgs/identity/sessions/sign-in-joins.repository";
import { type LiveUserSession, lockLiveSession } from "@mgs/identity/sessions/user-sessions.repository";
import { toUser, USER_COLUMNS, type User, type UserRow } from "@mgs/identity/users.repository";
import { insertOutbox } from "@mgs/jobs/outbox.repository";

/** Tokens of one browser in one portal; `accessExpiresAt` follows from the provider's `expires_in`. */
export type Tokens = { accessToken: string; refreshToken: string | null; accessExpiresAt: Date };

const JOIN_SIGN_IN = Prisma.raw(joinSignIn("p.user_session_id"));

/**
 * `impersonationId`: what `resolveActingPerson` takes; `user` is who has signed in. `remembered`: they asked to stay signed in, so the
 * cookie outlives the browser's end.
 */
export type LivePortalSession = {
  id: string;
  userSessionId: string;
  expiresAt: Date;
  remembered: boolean;
  user: User;
  impersonationId: string | null;
};

const tokenContext = (id: string, kind: "access" | "refresh"): string => `portal-session:${id}:${kind}`;

function sealTokens(sealer: Sealer, id: string, tokens: Tokens) {
  return {
    accessToken: sealer.seal(tokens.accessToken, tokenContext(id, "access")),
    refreshToken: tokens.refreshToken && sealer.seal(tokens.refreshToken, tokenContext(id, "refresh")),
    accessExpiresAt: tokens.accessExpiresAt,
  };
}

/** The user session that a portal session was to belong to has ended. */
export class SignInEndedError extends Error {}

/**
 * Makes a portal session that belongs to a user session, and ends with it.
 * @throws SignInEndedError when the user session has ended, or is another person's
 */
export async function createPortalSession(
  deps: { database: Database; sealer: Sealer },
  session: { token: string; portal: Portal; userId: number; userSessionId: string; expiresAt: Date; tokens: Tokens },
): Promise<void> {
  const { tokens, token, ...row } = session;
  const id = uuidv7();
  await deps.database.$transaction(async (tx) => {
    // A logout at this very moment either waits for this row and deletes it, or is seen here.
    const signIn = await lockLiveSession(tx, { id: row.userSessionId, userId: row.userId });
    if (!signIn) throw new SignInEndedError("the sign-in has ended");
    await tx.portalSession.create({
      data: { id, tokenHash: sha256(token), ...row, ...sealTokens(deps.sealer, id, tokens) },
    });
  });
}

const FIND_LIVE = {
  name: "find-live-portal-session-acting-in-time",
  text: `SELECT p.id AS "portalSessionId", p.user_session_id AS "userSessionId", p.expires_at AS "expiresAt", s.remembered,
      ${USER_COLUMNS},
      ${IMPERSONATION_COLUMN}
    FROM portal_sessions p ${joinSignIn("p.user_session_id")}
    WHERE p.token_hash = $1 AND p.portal = $2 AND p.expires_at > now() AND ${IS_LIVE_SIGN_IN}`,
};

/** Finds the session of a cookie, while its user session is live and its person is enabled. */
export async function findLivePortalSession(
  database: Database,
  portal: Portal,
  token: string,
): Promise<LivePortalSession | null> {
  type Row = UserRow & Omit<LivePortalSession, "id" | "user"> & { portalSessionId: string };
  const [row] = await queryPrepared<Row>(database, FIND_LIVE, [sha256(token), portal]);
  if (!row) return null;
  const { portalSessionId, userSessionId, expiresAt, remembered, impersonationId, ...user } = row;
  return { id: portalSessionId, userSessionId, expiresAt, remembered, impersonationId, user: toUser(user) };
}

export async function deletePortalSession(
  database: Database | Transaction,
  key: { token: string } | { id: string },
): Promise<void> {
  await database.portalSession.deleteMany({ where: "id" in key ? { id: key.id } : { tokenHash: sha256(key.token) } });
}

/** Deletes a session whose page may still be open, and closes the sockets that it authorized. */
export async function endPortalSession(tx: Transaction, id: string): Promise<void> {
  await deletePortalSession(tx, { id });
  await insertOutbox(tx, [socketsClosed.row({ payload: { holders: [holderOf.portalSession(id)] } })]);
}

/** Reads the tokens of a session and locks them until the transaction ends: the next caller waits and finds fresh ones. */
export async function lockTokens(tx: Transaction, sealer: Sealer, id: string): Promise<Tokens | null> {
  const rows = await tx.$queryRaw<{ access_token: string; refresh_token: string | null; access_expires_at: Date }[]>`
    SELECT p.access_token, p.refresh_token, p.access_expires_at
      FROM portal_sessions p ${JOIN_SIGN_IN}
     WHERE p.id = ${id}::uuid AND s.ended_at IS NULL AND s.expires_at > now() FOR UPDATE OF p`;
  const row = rows[0];
  if (!row) return null;
  return {
    accessToken: sealer.open(row.access_token, tokenContext(id, "access")),
    refreshToken: row.refresh_token && sealer.open(row.refresh_token, tokenContext(id, "refresh")),
    accessExpiresAt: row.access_expires_at,
  };
}

/** Saves the tokens of a refresh. */
export async function storeTokens(
  tx: Transaction,
  sealer: Sealer,
  id: string,
  tokens: Tokens,
  now: Date,
): Promise<void> {
  await tx.portalSession.updateMany({ where: { id }, data: { ...sealTokens(sealer, id, tokens), refreshedAt: now } });
}

/** Finds the sessions of a person in a portal, each with the `uid` of its provider session: for back-channel logout. */
export async function findSessionsOfPerson(
  database: Database,
  portal: Portal,
  userId: number,
): Promise<{ id: string; oidcUid: string }[]> {
  return database.$queryRaw<{ id: string; oidcUid: string }[]>`
    SELECT p.id, s.oidc_session_uid AS "oidcUid" FROM portal_sessions p ${JOIN_SIGN_IN}
    WHERE p.portal = ${portal} AND p.user_id = ${userId}`;
}

/**
 * Deletes the portal sessions of a sign-in. A hook for the end of a sign-in: it runs in the transaction that marks the
 * sign-in as ended.
 */
export async function deletePortalSessions(tx: Transaction, { id }: Pick<LiveUserSession, "id">): Promise<string[]> {
  await tx.portalSession.deleteMany({ where: { userSessionId: id } });
  return [];
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
