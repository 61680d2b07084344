/**
 * Pieces of SQL for statements of other packages that ask about a sign-in in the same round trip. The row of `user_sessions` goes
 * by `s`, its person by `u`, and their role by `r`; `USER_COLUMNS` are the person's columns.
 */
import { JOIN_ROLE } from "../users.repository";

/** @param id SQL of the sign-in's id */
export const joinSignIn = (id: string): string =>
  `JOIN user_sessions s ON s.id = ${id} JOIN users u ON u.id = s.user_id ${JOIN_ROLE}`;

/** All columns are null where there is no such sign-in. @param uid SQL of the provider session's uid */
export const leftJoinSignInByUid = (uid: string): string =>
  `LEFT JOIN user_sessions s ON s.oidc_session_uid = ${uid} LEFT JOIN users u ON u.id = s.user_id ${JOIN_ROLE}`;

/** True while the sign-in goes on and has not run out, and its person is enabled. */
export const IS_LIVE_SIGN_IN = "s.ended_at IS NULL AND s.expires_at > now() AND u.disabled_at IS NULL";

/** The column `impersonationId`: the impersonation under way in the browser of the sign-in; null where its person acts as themself. */
export const IMPERSONATION_COLUMN = `(SELECT i.id FROM impersonations i
  WHERE i.user_session_id = s.id AND i.ended_at IS NULL AND i.expires_at > now()) AS "impersonationId"`;

/**
 * Writes down that a client was given tokens of a live sign-in: it is told of its end.
 * @param from SQL of the rows for each of which that is done @param values SQL of the client's id and the provider session's uid
 */
export const insertSessionClient = (from: string, values: { clientId: string; oidcSessionUid: string }): string =>
  `INSERT INTO session_clients (user_session_id, client_id)
    SELECT s.id, ${values.clientId} FROM ${from}, user_sessions s
    WHERE s.oidc_session_uid = ${values.oidcSessionUid} AND s.ended_at IS NULL AND s.expires_at > now() ON CONFLICT DO NOTHING`;
