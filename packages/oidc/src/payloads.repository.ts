import { createBatcher } from "@mgs/core/batch";
import { type Sealer, sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { prepared } from "@mgs/db/prepared";
import type { AdapterPayload } from "oidc-provider";

type PayloadRow = { model: string; id_hash: string; payload: string; consumed_at: Date | null };

export type StoredPayload = AdapterPayload & { sessionUid?: string | undefined };

const context = (model: string, idHash: string): string => `oidc:${model}:${idHash}`;

function open(sealer: Sealer, row: PayloadRow): StoredPayload {
  const payload: StoredPayload = JSON.parse(sealer.open(row.payload, context(row.model, row.id_hash)));
  return row.consumed_at ? { ...payload, consumed: Math.floor(row.consumed_at.getTime() / 1_000) } : payload;
}

const find = (column: "id_hash" | "uid") => `
  SELECT p.model, p.id_hash, p.payload, p.consumed_at
    FROM oidc_payloads p
    LEFT JOIN user_sessions s ON s.oidc_session_uid = p.session_uid
    LEFT JOIN users u ON u.id = s.user_id
   WHERE p.model = $1 AND p.${column} = $2
     AND (p.expires_at IS NULL OR p.expires_at > now())
     AND (p.session_uid IS NULL OR (s.id IS NULL AND p.model = 'Session')
          OR (s.ended_at IS NULL AND u.disabled_at IS NULL AND s.id IS NOT NULL))`;
const FIND_BY_ID = { name: "find-payload", text: find("id_hash") };
const FIND_BY_UID = { name: "find-payload-by-uid", text: find("uid") };

/**
 * A commit that does not wait for the disk; the next one that does writes both. For what is followed by such a commit
 * before anybody is answered, and for programs' tokens, which are asked for anew when a power cut takes them.
 */
const UNHURRIED = "SELECT set_config('synchronous_commit', 'off', true)";

const save = (first: string) => `WITH pace AS MATERIALIZED (${first})
  INSERT INTO oidc_payloads (model, id_hash, payload, grant_id, uid, session_uid, client_id, expires_at)
  SELECT $1, $2, $3, $4, $5, $6, $7, $8::timestamptz FROM pace
  ON CONFLICT (model, id_hash) DO UPDATE SET payload = excluded.payload, grant_id = excluded.grant_id,
    uid = excluded.uid, session_uid = excluded.session_uid, client_id = excluded.client_id,
    expires_at = excluded.expires_at`;
const SAVE = { name: "save-payload", text: save("SELECT 1") };
const SAVE_UNHURRIED = { name: "save-payload-unhurried", text: save(UNHURRIED) };

const consume = (first: string) => `WITH pace AS MATERIALIZED (${first})
  UPDATE oidc_payloads SET consumed_at = now() FROM pace
  WHERE model = $1 AND id_hash = $2 AND consumed_at IS NULL RETURNING model`;
const CONSUME = { name: "consume-payload", text: consume("SELECT 1") };
const CONSUME_UNHURRIED = { name: "consume-payload-unhurried", text: consume(UNHURRIED) };

/** In the code flow the refresh token is written after the access token, in a refresh the replay after both. */
const SAVED_UNHURRIED: ReadonlySet<string> = new Set(["AccessToken", "ClientCredentials"]);
/** The new refresh token is written after the old one is consumed. */
const CONSUMED_UNHURRIED = "RefreshToken";

/**
 * What is stored under an identifier and still holds. Whatever belongs to a sign-in is refused once that sign-in has
 * ended or its person is disabled, in this one query: an end holds at once, before anything is cleaned up.
 */
export async function findPayload(
  database: Database,
  sealer: Sealer,
  model: string,
  key: { id: string } | { uid: string },
): Promise<StoredPayload | null> {
  const byId = "id" in key;
  const values = [model, byId ? sha256(key.id) : key.uid];
  const rows = await prepared<PayloadRow>(database, byId ? FIND_BY_ID : FIND_BY_UID, values);
  return rows[0] ? open(sealer, rows[0]) : null;
}

/** An access token's row with what it stands on, as far as that still holds; null columns where it does not. */
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

/** Tokens that are asked for while a look-up is under way share the next one. Each call still looks its token up. */
const TOGETHER = { most: 64, impatience: 10, lanes: 4 };
const lookUps = new WeakMap<Database, (idHash: string) => Promise<BearerRow | null>>();

/** The token that a caller presents, whatever it was issued for, with everything that decides whether it still holds. */
export async function findBearer(database: Database, sealer: Sealer, token: string): Promise<Bearer | null> {
  let lookUp = lookUps.get(database);
  if (!lookUp) {
    lookUp = createBatcher(async (hashes: readonly string[]) => {
      const rows = await prepared<BearerRow>(database, FIND_BEARERS, [hashes]);
      const byHash = new Map(rows.map((row) => [row.id_hash, row]));
      return hashes.map((hash) => ({ status: "fulfilled", value: byHash.get(hash) ?? null }));
    }, TOGETHER);
    lookUps.set(database, lookUp);
  }
  const row = await lookUp(sha256(token));
  if (!row) return null;
  const { client, session, user_id, role, locale } = row;
  return { client, session, user_id, role, locale, token: open(sealer, row) };
}

/** `expiresIn` in seconds; undefined keeps it until it is destroyed. */
export async function savePayload(
  database: Database,
  sealer: Sealer,
  model: string,
  id: string,
  payload: StoredPayload,
  expiresIn: number | undefined,
): Promise<void> {
  const idHash = sha256(id);
  const session = model === "Session";
  const columnsOf = (content: StoredPayload) =>
    [
      ...[model, idHash, sealer.seal(JSON.stringify(content), context(model, idHash))],
      model === "Grant" ? id : (content.grantId ?? null),
      content.uid ?? null,
      session ? (content.uid ?? null) : (content.sessionUid ?? null),
      content.clientId ?? null,
      expiresIn === undefined ? null : new Date(Date.now() + expiresIn * 1_000),
    ] as const;
  if (!session) {
    await prepared(database, SAVED_UNHURRIED.has(model) ? SAVE_UNHURRIED : SAVE, columnsOf(payload));
    return;
  }
  // Tabs that sign in to several clients at once each save the whole session: what one of them learned must not be
  // lost to the others, or that client's tokens would die with it.
  await database.$transaction(async (tx) => {
    const rows = await tx.$queryRaw<PayloadRow[]>`
      SELECT model, id_hash, payload, consumed_at FROM oidc_payloads
       WHERE model = ${model} AND id_hash = ${idHash} FOR UPDATE`;
    const stored = rows[0] ? open(sealer, rows[0]) : undefined;
    const merged = { ...payload, authorizations: { ...stored?.authorizations, ...payload.authorizations } };
    await tx.$executeRawUnsafe(SAVE.text, ...columnsOf(merged));
  });
}

/** @returns false when another request had consumed it first */
export async function consumePayload(database: Database, model: string, id: string): Promise<boolean> {
  const statement = model === CONSUMED_UNHURRIED ? CONSUME_UNHURRIED : CONSUME;
  return (await prepared(database, statement, [model, sha256(id)])).length === 1;
}

export async function destroyPayload(database: Database, model: string, id: string): Promise<void> {
  await database.oidcPayload.deleteMany({ where: { model, idHash: sha256(id) } });
}

export async function destroyByGrant(database: Database, model: string, grantId: string): Promise<void> {
  await database.oidcPayload.deleteMany({ where: { model, grantId } });
}
