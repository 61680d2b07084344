import type { Database } from "@mgs/db/client";

/** What was counted of a client since the last write. */
export type CountedUse = { clientId: string; signIns: number; lastUsedAt: Date };

/** When a person's consent was last made use of. */
export type CountedConsent = { userId: number; clientId: string; lastUsedAt: Date };

/** Adds counted uses to each client's row of the day; in the order of their keys, so that two processes never wait for each other. */
export async function addClientUses(database: Database, uses: readonly CountedUse[]): Promise<void> {
  const rows = uses.map((use) => ({ ...use, day: use.lastUsedAt.toISOString().slice(0, 10) }));
  await database.$executeRaw`
    INSERT INTO client_uses (client_id, day, sign_ins, last_used_at)
    SELECT w."clientId", w.day, w."signIns", w."lastUsedAt"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS w("clientId" text, day date, "signIns" int, "lastUsedAt" timestamptz)
      ORDER BY 1, 2
    ON CONFLICT (client_id, day) DO UPDATE SET sign_ins = client_uses.sign_ins + excluded.sign_ins,
      last_used_at = greatest(client_uses.last_used_at, excluded.last_used_at)`;
}

/** Writes when consents were last used. */
export async function touchConsents(database: Database, uses: readonly CountedConsent[]): Promise<void> {
  await database.$executeRaw`
    WITH used AS MATERIALIZED (
      SELECT c.user_id, c.client_id, w."lastUsedAt" AS last_used_at
        FROM jsonb_to_recordset(${JSON.stringify(uses)}::jsonb) AS w("userId" int, "clientId" text, "lastUsedAt" timestamptz)
        JOIN consents c ON c.user_id = w."userId" AND c.client_id = w."clientId"
       ORDER BY 1, 2 FOR NO KEY UPDATE OF c)
    UPDATE consents c SET last_used_at = greatest(c.last_used_at, used.last_used_at)
      FROM used WHERE c.user_id = used.user_id AND c.client_id = used.client_id`;
}

export type ClientUse = {
  lastUsedAt: Date | null;
  /** Sign-ins through the client in the last 30 days. */
  signIns: number;
  /** People whose consent it has, counted up to `MAX_COUNTED_USES` and one more. */
  consents: number;
};

/** Numbers beyond it are shown as "more than": a page never counts a million rows. */
export const MAX_COUNTED_USES = 1_000;

/** A client's use: rows of at most thirty days, and a count of consents that stops. */
export async function findClientUse(database: Database, clientId: string): Promise<ClientUse> {
  const [use] = await database.$queryRaw<ClientUse[]>`
    SELECT
      (SELECT last_used_at FROM client_uses WHERE client_id = ${clientId} ORDER BY day DESC LIMIT 1) AS "lastUsedAt",
      (SELECT coalesce(sum(sign_ins), 0)::int FROM client_uses
        WHERE client_id = ${clientId} AND day > (now() AT TIME ZONE 'UTC')::date - 30) AS "signIns",
      (SELECT count(*)::int FROM (SELECT FROM consents WHERE client_id = ${clientId} AND withdrawn_at IS NULL
        LIMIT ${MAX_COUNTED_USES + 1}) c) AS consents`;
  return use ?? { lastUsedAt: null, signIns: 0, consents: 0 };
}

/** Deletes counts of days that are over for long. @returns how many */
export async function purgeClientUses(database: Database, olderThanDays: number, limit: number): Promise<number> {
  return database.$executeRaw`
    WITH chosen AS MATERIALIZED (
      SELECT client_id, day FROM client_uses WHERE day < (now() AT TIME ZONE 'UTC')::date - ${olderThanDays}::int
      ORDER BY day LIMIT ${limit} FOR UPDATE SKIP LOCKED)
    DELETE FROM client_uses u USING chosen WHERE u.client_id = chosen.client_id AND u.day = chosen.day`;
}
