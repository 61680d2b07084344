import { type Sealer, sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";
import { IS_LIVE_SIGN_IN, leftJoinSignInByUid } from "@mgs/identity/sessions/sign-in-joins.repository";
import { toUser, USER_COLUMNS, type UserRow } from "@mgs/identity/users.repository";
import type { StoredPayload } from "./stored-payload";
import { currentUnitOfWork, type PendingPayload, type ProviderUnitOfWork } from "./unit-of-work";

/** The stored columns of a payload that make it readable. */
export type PayloadRow = { model: string; id_hash: string; payload: string; consumed_at: Date | null };

const context = (model: string, idHash: string): string => `oidc:${model}:${idHash}`;

/** Opens a sealed payload. */
export function openPayload(sealer: Sealer, row: PayloadRow): StoredPayload {
  const payload: StoredPayload = JSON.parse(sealer.open(row.payload, context(row.model, row.id_hash)));
  return row.consumed_at ? { ...payload, consumed: Math.floor(row.consumed_at.getTime() / 1_000) } : payload;
}

/** Saves a row of `payloadColumns`. */
export const SAVE_PAYLOAD = `
  INSERT INTO oidc_payloads (model, id_hash, payload, grant_id, uid, session_uid, client_id, expires_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8::timestamptz)
  ON CONFLICT (model, id_hash) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id,
    uid = excluded.uid, session_uid = excluded.session_uid, client_id = excluded.client_id,
    expires_at = excluded.expires_at`;

/**
 * A live row, with the rows that the library loads next: its grant, its provider session, its user session and its
 * person. All of it costs one round trip.
 */
type FoundRow = PayloadRow & {
  grant: string | null;
  grant_hash: string | null;
  session_uid: string | null;
  sso: string | null;
  sso_hash: string | null;
  session: string | null;
} & (UserRow | { [Column in keyof UserRow]: null });

/** `sha256` of a column, so that a row is found by its primary key. */
const sha256Of = (column: string): string =>
  `translate(rtrim(encode(sha256(convert_to(${column}, 'UTF8')), 'base64'), '='), '+/', '-_')`;

const find = (column: "id_hash" | "uid") => `
  SELECT p.model, p.id_hash, p.payload, p.consumed_at, g.payload AS grant, g.id_hash AS grant_hash,
         p.session_uid, o.payload AS sso, o.id_hash AS sso_hash, s.id AS session, ${USER_COLUMNS}
    FROM oidc_payloads p
    ${leftJoinSignInByUid("p.session_uid")}
    LEFT JOIN oidc_payloads g ON g.model = 'Grant' AND g.id_hash = ${sha256Of("p.grant_id")} AND p.model <> 'Grant'
          AND (g.expires_at IS NULL OR g.expires_at > now())
    LEFT JOIN oidc_payloads o ON o.uid = p.session_uid AND o.model = 'Session' AND p.model <> 'Session'
          AND (o.expires_at IS NULL OR o.expires_at > now())
   WHERE p.model = $1 AND p.${column} = $2
     AND (p.expires_at IS NULL OR p.expires_at > now())
     AND (p.session_uid IS NULL OR (s.id IS NULL AND p.model = 'Session')
          OR (s.id IS NOT NULL AND ${IS_LIVE_SIGN_IN}))`;
const FIND_BY_ID = { name: "find-payload-with-relations", text: find("id_hash") };
const FIND_BY_UID = { name: "find-payload-with-relations-by-uid", text: find("uid") };

/**
 * Finds a live payload. A payload that belongs to a sign-in is refused once that sign-in has ended or run out, or its person is
 * disabled, by this one query: an end holds at once, before anything is deleted.
 */
export async function findPayload(
  database: Database,
  sealer: Sealer,
  model: string,
  key: { id: string } | { uid: string },
): Promise<StoredPayload | null> {
  const byId = "id" in key;
  const unit = currentUnitOfWork();
  const cached = !byId && model === "Session" ? unit?.findProviderSession(key.uid) : undefined;
  if (cached !== undefined) return cached;
  const values = [model, byId ? sha256(key.id) : key.uid];
  const row = (await queryPrepared<FoundRow>(database, byId ? FIND_BY_ID : FIND_BY_UID, values))[0];
  if (!row) return null;
  const payload = openPayload(sealer, row);
  // Another provider session has taken the sign-in over: this browser must sign in again, or it would get dead tokens.
  if (model === "Session" && payload.accountId && row.session === null) return null;
  if (unit) cacheRow(unit, sealer, row, payload);
  return payload;
}

function cacheRow(unit: ProviderUnitOfWork, sealer: Sealer, row: FoundRow, payload: StoredPayload): void {
  unit.cachePayload(row.model, row.id_hash, { content: JSON.stringify(payload), version: row.payload });
  if (row.grant !== null && row.grant_hash !== null) {
    const content = sealer.open(row.grant, context("Grant", row.grant_hash));
    unit.cachePayload("Grant", row.grant_hash, { content, version: row.grant });
  }
  if (row.sso !== null && row.sso_hash !== null && row.session_uid !== null) {
    const content = sealer.open(row.sso, context("Session", row.sso_hash));
    unit.cacheProviderSession(row.session_uid, row.sso_hash, { content, version: row.sso });
  }
  if (row.session === null || row.session_uid === null || row.id === null) return;
  const user = toUser(row);
  unit.cacheUser(user.id, user);
  unit.cacheUserSession(row.session_uid, { id: row.session, userId: user.id, oidcSessionUid: row.session_uid });
}

/** Columns of a row. @param expiresIn seconds; undefined keeps it until it is destroyed */
export function payloadColumns(sealer: Sealer, { model, id, payload, expiresIn }: PendingPayload) {
  const idHash = sha256(id);
  return {
    model,
    id_hash: idHash,
    payload: sealer.seal(JSON.stringify(payload), context(model, idHash)),
    grant_id: model === "Grant" ? id : (payload.grantId ?? null),
    uid: payload.uid ?? null,
    session_uid: model === "Session" ? (payload.uid ?? null) : (payload.sessionUid ?? null),
    client_id: payload.clientId ?? null,
    expires_at: expiresIn === undefined ? null : new Date(Date.now() + expiresIn * 1_000),
  };
}

/** Saves a payload at once, even if the request fails later. */
export async function savePayload(database: Database, sealer: Sealer, pending: PendingPayload): Promise<void> {
  await database.$executeRawUnsafe(SAVE_PAYLOAD, ...Object.values(payloadColumns(sealer, pending)));
}
