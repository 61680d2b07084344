import { isDeepStrictEqual } from "node:util";
import { holderOf } from "@mgs/core/access-proof";
import { createBatcher } from "@mgs/core/batch";
import { type Sealer, sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { prepared } from "@mgs/db/prepared";
import { leftJoinSignInByUid } from "@mgs/identity/sessions/sign-in-joins.repository";
import { toUser, USER_COLUMNS, type UserRow } from "@mgs/identity/users.repository";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { StoredPayload } from "./stored-payload";
import { currentUnitOfWork, type PendingPayload, type ProviderUnitOfWork } from "./unit-of-work";

type PayloadRow = { model: string; id_hash: string; payload: string; consumed_at: Date | null };

const context = (model: string, idHash: string): string => `oidc:${model}:${idHash}`;

function open(sealer: Sealer, row: PayloadRow): StoredPayload {
  const payload: StoredPayload = JSON.parse(sealer.open(row.payload, context(row.model, row.id_hash)));
  return row.consumed_at ? { ...payload, consumed: Math.floor(row.consumed_at.getTime() / 1_000) } : payload;
}

const SAVE = `
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
          OR (s.ended_at IS NULL AND u.disabled_at IS NULL AND s.id IS NOT NULL))`;
const FIND_BY_ID = { name: "find-payload-and-company", text: find("id_hash") };
const FIND_BY_UID = { name: "find-payload-and-company-by-uid", text: find("uid") };

/**
 * Finds a live payload. A payload that belongs to a sign-in is refused once that sign-in has ended or its person is
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
  const known = !byId && model === "Session" ? unit?.findProviderSession(key.uid) : undefined;
  if (known !== undefined) return known;
  const values = [model, byId ? sha256(key.id) : key.uid];
  const row = (await prepared<FoundRow>(database, byId ? FIND_BY_ID : FIND_BY_UID, values))[0];
  if (!row) return null;
  const payload = open(sealer, row);
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

/** An access token's row with its client, user session and person; null columns for those that have ended. */
type BearerRow = PayloadRow & {
  client: string | null;
  session: string | null;
  user_id: number | null;
  role: string | null;
  locale: string | null;
};

export type Bearer = Omit<BearerRow, keyof PayloadRow> & { token: StoredPayload };

const FIND_BEARERS = {
  name: "find-bearers",
  text: "SELECT * FROM live_bearers WHERE id_hash = ANY($1)",
};

/** Look-ups that come while one is under way share the next statement. Each call still looks its token up. */
const BEARER_BATCH = { maxBatchSize: 64, maxWaitMs: 10, maxConcurrency: 4 };
const lookUps = new WeakMap<Database, (idHash: string) => Promise<BearerRow | null>>();

/** Finds the access token that a caller presents, with what decides whether it is valid. */
export async function findBearer(database: Database, sealer: Sealer, token: string): Promise<Bearer | null> {
  let lookUp = lookUps.get(database);
  if (!lookUp) {
    lookUp = createBatcher(async (hashes: readonly string[]) => {
      const rows = await prepared<BearerRow>(database, FIND_BEARERS, [hashes]);
      const byHash = new Map(rows.map((row) => [row.id_hash, row]));
      return hashes.map((hash) => ({ status: "fulfilled", value: byHash.get(hash) ?? null }));
    }, BEARER_BATCH);
    lookUps.set(database, lookUp);
  }
  const row = await lookUp(sha256(token));
  if (!row) return null;
  const { client, session, user_id, role, locale } = row;
  return { client, session, user_id, role, locale, token: open(sealer, row) };
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

/**
 * Saves a provider session that another request has saved meanwhile. Tabs that sign in to several clients at once each
 * save the whole session: without a merge, all but the last would lose their client's tokens, and a logout that waits for
 * an answer would be lost. Each field is taken from the side that changed it.
 * @param before the session as this request had read it
 */
export async function mergeSession(
  database: Database,
  sealer: Sealer,
  pending: PendingPayload,
  before: StoredPayload | null,
): Promise<void> {
  const { model, id, payload } = pending;
  await database.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<PayloadRow[]>`
      SELECT model, id_hash, payload, consumed_at FROM oidc_payloads
       WHERE model = ${model} AND id_hash = ${sha256(id)} FOR UPDATE`;
    const stored = rows[0] ? open(sealer, rows[0]) : undefined;
    const merged = stored ? mergeThreeWay(payload, stored, before ?? {}) : payload;
    await tx.$executeRawUnsafe(SAVE, ...Object.values(payloadColumns(sealer, { ...pending, payload: merged })));
  });
}

/** Saves a payload at once, even if the request fails later. */
export async function savePayload(database: Database, sealer: Sealer, pending: PendingPayload): Promise<void> {
  await database.$executeRawUnsafe(SAVE, ...Object.values(payloadColumns(sealer, pending)));
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** The fields that `mine` changed since `before`, and the rest of `theirs`. */
function mergeThreeWay<T extends object>(mine: T, theirs: object, before: object): T {
  const [own, other, old] = [mine, theirs, before] as Record<string, unknown>[];
  const merged: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(own ?? {}), ...Object.keys(other ?? {})])) {
    const [value, stored, read] = [own?.[name], other?.[name], old?.[name]];
    if (isDeepStrictEqual(value, read)) merged[name] = stored;
    else if (name === "authorizations" && isRecord(value) && isRecord(stored))
      merged[name] = mergeThreeWay(value, stored, isRecord(read) ? read : {});
    else merged[name] = value;
  }
  return merged as T;
}

/** A grant's key in PostgreSQL's advisory locks: requests that issue for it share the lock, a revocation takes it alone. */
export const grantLock = (grantId: string): string => `hashtextextended(${grantId}, 0)`;

const LOCK_GRANT = `SELECT pg_advisory_xact_lock(${grantLock("$1")})`;
const FAMILY = ["AccessToken", "RefreshToken", "AuthorizationCode"];

/**
 * Revokes all codes and tokens of a grant. It waits for requests that are issuing for the grant and deletes in a statement
 * after that, which sees what they issued; later requests find their code or token gone. Sockets that were authorized by
 * one of these tokens are closed.
 */
export async function destroyByGrant(deps: { database: Database; enqueuer: Enqueuer }, grantId: string): Promise<void> {
  const refs = await deps.database.$transaction(async (tx) => {
    await tx.$executeRawUnsafe(LOCK_GRANT, grantId);
    const { count } = await tx.oidcPayload.deleteMany({ where: { grantId, model: { in: FAMILY } } });
    if (count === 0) return [];
    return insertOutbox(tx, [{ kind: "sockets.closed", payload: { holders: [holderOf.grant(grantId)] } }]);
  });
  await deps.enqueuer.enqueue(refs);
}
