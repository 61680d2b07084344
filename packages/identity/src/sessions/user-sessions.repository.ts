import { auditValues, insertAuditSql } from "@mgs/audit/audit.repository";
import { AppError } from "@mgs/core/errors";
import { uuidv7 } from "@mgs/core/ids";
import { currentRequestId } from "@mgs/core/request-context";
import type { Database, Transaction } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";
import { insertOutboxFrom } from "@mgs/jobs/outbox.repository";
import type { LiveUserSession } from "@mgs/module/identity-hooks";
import { securityNotice, securityNoticeRow } from "../notices/security-notice";
import { expiryOf } from "../session-lifetimes/session-lifetimes.repository";
import { IS_LIVE_SIGN_IN } from "./sign-in-joins.repository";

export type { LiveUserSession };

/** How a person proved who they are when they signed in. */
export type AuthMethod = "password" | "password+totp" | "password+recovery-code" | "passkey";

export type NewUserSession = {
  /** A UUID version 7; drawn unless given. */
  id?: string;
  userId: number;
  oidcSessionUid: string;
  userAgent: string | null;
  ip: string | null;
  /** The hash that the person's password was checked against. */
  passwordHash?: string;
  /** Default: `password`. */
  authMethod?: AuthMethod;
  /** The passkey that has answered: the sign-in comes about only while it is there. */
  passkeyId?: string;
  /** Set for a browser that was not known: a person who has signed in before is told, with these details. */
  newDevice?: Readonly<Record<string, string>> | null;
  /** True for a sign-in of this moment: the row and its entry of the audit trail are one commit. */
  isAudited?: boolean;
  /** Whether the person asked to stay signed in. Default: false. */
  remembered?: boolean;
};

/** Marks a row whose sign-in form was accepted but whose provider session is not known yet. @param answer names the answer */
export const pendingUid = (answer: string): string => `pending:${answer}`;

/** FOR SHARE: a transaction that disables the person or sets a password at this very moment sees this row, or is seen here. */
// The password of a person who has a passkey lets them in, and is no proof for a dangerous act: they have a stronger one.
const CREATE = {
  name: "create-user-session-remembered",
  text: `WITH person AS MATERIALIZED (
      SELECT u.id FROM users u
       WHERE u.id = $2 AND u.disabled_at IS NULL AND u.password_hash = coalesce($6, u.password_hash)
         AND ($8::uuid IS NULL OR EXISTS (SELECT FROM passkeys p WHERE p.id = $8::uuid AND p.user_id = u.id)) FOR SHARE
    ), made AS (
      INSERT INTO user_sessions (id, user_id, oidc_session_uid, user_agent, ip, auth_method, proved_at, remembered, expires_at)
      SELECT $1::uuid, person.id, $3, $4, $5, $7,
        CASE WHEN $7 = 'password' AND EXISTS (SELECT FROM passkeys p WHERE p.user_id = person.id) THEN 'epoch' ELSE now() END,
        $13::boolean, ${expiryOf({ remembered: "$13::boolean", createdAt: "now()", lastSeenAt: "now()" })}
        FROM person, session_lifetimes l ON CONFLICT DO NOTHING RETURNING id, user_id
    ), notice AS (
      ${insertOutboxFrom(`SELECT $9::uuid AS id, '${securityNotice.queue}' AS queue, '${securityNotice.kind}' AS kind, $10::jsonb AS payload,
        NULL::uuid AS notification_id, NULL::text AS channel, $11::text AS request_id, NULL::text AS traceparent FROM made
        WHERE $9::uuid IS NOT NULL AND EXISTS (SELECT FROM user_sessions s WHERE s.user_id = made.user_id)`)}
    ), signed_in AS (
      SELECT FROM made WHERE $12::boolean
    ), audited AS (
      ${insertAuditSql("signed_in", 14)}
    )
    SELECT id FROM person`,
};

/**
 * A row with this id that is there already stays as it is: the same form was sent twice.
 * @throws AppError INVALID_CREDENTIALS when the person is disabled, or has another password or the passkey no more by now
 */
export async function createUserSession(database: Database, session: NewUserSession): Promise<string> {
  const {
    id = uuidv7(),
    userId,
    oidcSessionUid,
    userAgent,
    ip,
    passwordHash = null,
    authMethod = "password",
    passkeyId = null,
    newDevice = null,
    isAudited = false,
    remembered = false,
  } = session;
  const notice =
    newDevice === null
      ? [null, null]
      : [
          uuidv7(),
          JSON.stringify(
            securityNoticeRow({ userId, notice: "new-device", at: new Date(), details: newDevice }).payload,
          ),
        ];
  const row = [id, userId, oidcSessionUid, userAgent, ip, passwordHash, authMethod, passkeyId];
  const actor = { kind: "user", userId, userSessionId: id } as const;
  const entry = { actor, action: "sign-in.succeeded", subject: id, userId, details: { method: authMethod } } as const;
  const values = [...row, ...notice, currentRequestId() ?? null, isAudited, remembered, ...auditValues(entry, ip)];
  const made = await queryPrepared(database, CREATE, values);
  if (made.length === 0) throw new AppError("INVALID_CREDENTIALS");
  return id;
}

const FIND_LIVE = {
  name: "find-live-session-in-time",
  text: `SELECT s.id, s.user_id AS "userId", s.oidc_session_uid AS "oidcSessionUid", s.remembered
    FROM user_sessions s JOIN users u ON u.id = s.user_id
    WHERE s.oidc_session_uid = $1 AND ${IS_LIVE_SIGN_IN}`,
};

export type FoundUserSession = LiveUserSession & { remembered: boolean };

export async function findLiveByOidcUid(database: Database, oidcSessionUid: string): Promise<FoundUserSession | null> {
  return (await queryPrepared<FoundUserSession>(database, FIND_LIVE, [oidcSessionUid]))[0] ?? null;
}

const ADOPT = {
  name: "adopt-live-oidc-uid-in-time",
  text: `WITH durability AS MATERIALIZED (SELECT set_config('synchronous_commit', 'off', true)),
    existing AS MATERIALIZED (SELECT id, ended_at IS NULL AND expires_at > now() AS is_live FROM user_sessions WHERE oidc_session_uid = $2),
    adopted AS (
      UPDATE user_sessions SET oidc_session_uid = $2 FROM durability
       WHERE id = $1::uuid AND ended_at IS NULL AND expires_at > now() AND NOT EXISTS (SELECT FROM existing) RETURNING id
    ), removed AS (
      DELETE FROM user_sessions WHERE id = $1::uuid AND oidc_session_uid LIKE 'pending:%'
        AND EXISTS (SELECT FROM existing WHERE id <> $1::uuid)
    )
    SELECT id FROM existing WHERE is_live UNION ALL SELECT id FROM adopted`,
};

/**
 * Ties a just-created row to the provider's session. A browser that signs in twice over one provider session (two tabs
 * of the form) keeps its first row: one device is one row. The commit does not wait for the disk: the one that saves the
 * provider's session follows before the answer leaves, and takes this one along.
 * @returns the id of the row that stands for this provider session; null when the sign-in has ended, or never was
 */
export async function adoptOidcUid(database: Database, id: string, oidcSessionUid: string): Promise<string | null> {
  return (await queryPrepared<{ id: string }>(database, ADOPT, [id, oidcSessionUid]))[0]?.id ?? null;
}

/**
 * Locks a person's sign-in against its end until the transaction is over: an end at this very moment waits, or is seen here.
 * @returns null when it has ended or run out, or is another person's
 */
export async function lockLiveSession(
  tx: Transaction,
  session: { id: string; userId: number },
): Promise<{ remembered: boolean } | null> {
  const rows = await tx.$queryRaw<{ remembered: boolean }[]>`
    SELECT "remembered" FROM "user_sessions"
    WHERE "id" = ${session.id}::uuid AND "user_id" = ${session.userId} AND "ended_at" IS NULL AND "expires_at" > now() FOR SHARE`;
  return rows[0] ?? null;
}

/** @returns false when it had ended already, or never was */
export async function markEnded(tx: Transaction, id: string, at: Date, reason: string): Promise<boolean> {
  const { count } = await tx.userSession.updateMany({
    where: { id, endedAt: null },
    data: { endedAt: at, endReason: reason },
  });
  return count === 1;
}

/**
 * How a sign-in ended (null: it was not ended), and when it runs out; null when it is not known any more, or when it is not that
 * person's, where one is named.
 */
export async function findEnd(
  database: Database,
  session: { id: string; userId?: number },
): Promise<{ endReason: string | null; expiresAt: Date } | null> {
  return database.userSession.findUnique({ where: session, select: { endReason: true, expiresAt: true } });
}

/** At most one write a session in this time, so that reading a page does not mean writing a row. */
const TOUCH_INTERVAL_MS = 60_000;

const touch = (key: string) => `UPDATE user_sessions s SET last_seen_at = $2::timestamptz,
    expires_at = ${expiryOf({ remembered: "s.remembered", createdAt: "s.created_at", lastSeenAt: "$2::timestamptz" })}
    FROM session_lifetimes l
    WHERE s.${key} AND s.last_seen_at < $3::timestamptz AND s.ended_at IS NULL AND s.expires_at > now()`;
const TOUCH_BY_ID = { name: "touch-user-session", text: touch("id = $1::uuid") };
const TOUCH_BY_UID = { name: "touch-user-session-by-uid", text: touch("oidc_session_uid = $1") };

/** Notes that a sign-in was used, by which it lasts longer. One that has run out meanwhile stays so. */
export async function touchUserSession(
  database: Database,
  key: { id: string } | { oidcSessionUid: string },
  now: Date,
): Promise<void> {
  const [statement, value] = "id" in key ? [TOUCH_BY_ID, key.id] : [TOUCH_BY_UID, key.oidcSessionUid];
  await queryPrepared(database, statement, [value, now, new Date(now.getTime() - TOUCH_INTERVAL_MS)]);
}

/** Live sign-ins of one person, those of a browser in the middle of signing in as well. */
export async function lockLiveSessions(tx: Transaction, userId: number): Promise<LiveUserSession[]> {
  return tx.$queryRaw<LiveUserSession[]>`
    SELECT "id", "user_id" AS "userId", "oidc_session_uid" AS "oidcSessionUid" FROM "user_sessions"
    WHERE "user_id" = ${userId} AND "ended_at" IS NULL ORDER BY "id" FOR UPDATE`;
}

/**
 * Locks sign-ins that have run out, forms that were sent and never followed up among them. Rows that another transaction holds wait
 * for the next call.
 * @returns up to `limit`, those that ran out the longest ago first
 */
export async function lockExpiredSessions(tx: Transaction, limit: number): Promise<LiveUserSession[]> {
  return tx.$queryRaw<LiveUserSession[]>`
    SELECT s."id"::text AS "id", s."user_id" AS "userId", s."oidc_session_uid" AS "oidcSessionUid" FROM "user_sessions" s
    WHERE s."ended_at" IS NULL AND s."expires_at" <= now()
    ORDER BY s."expires_at" LIMIT ${limit} FOR UPDATE SKIP LOCKED`;
}
