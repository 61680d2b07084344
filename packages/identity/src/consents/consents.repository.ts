import type { Database, Transaction } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";

export type Consent = {
  scopes: string[];
  /** When it was taken back; null while it holds. */
  withdrawnAt: Date | null;
};

const FIND = {
  name: "find-consent",
  text: `SELECT scopes, withdrawn_at AS "withdrawnAt" FROM consents WHERE user_id = $1 AND client_id = $2`,
};

/** What a person has answered a client, withdrawn or not; null when they were never asked. */
export async function findConsent(database: Database, userId: number, clientId: string): Promise<Consent | null> {
  return (await queryPrepared<Consent>(database, FIND, [userId, clientId]))[0] ?? null;
}

/**
 * Finds the scopes that a consent has, and keeps every other answer for the same client waiting until the transaction is over; none
 * where it was withdrawn, or never given.
 */
export async function lockConsentedScopes(tx: Transaction, userId: number, clientId: string): Promise<string[]> {
  // A row to lock has to be there: one that is withdrawn says nothing.
  await tx.$executeRaw`
    INSERT INTO consents (user_id, client_id, scopes, given_at, withdrawn_at)
    VALUES (${userId}, ${clientId}, '{}', now(), now()) ON CONFLICT DO NOTHING`;
  const [row] = await tx.$queryRaw<Consent[]>`
    SELECT scopes, withdrawn_at AS "withdrawnAt" FROM consents
    WHERE user_id = ${userId} AND client_id = ${clientId} FOR UPDATE`;
  return row?.withdrawnAt === null ? row.scopes : [];
}

/** Saves the scopes of a consent that is locked; after a withdrawal it begins anew. */
export async function saveConsent(
  tx: Transaction,
  { userId, clientId, scopes, at }: { userId: number; clientId: string; scopes: readonly string[]; at: Date },
): Promise<void> {
  await tx.$executeRaw`
    UPDATE consents SET scopes = ${[...scopes]}, last_used_at = ${at}, withdrawn_at = NULL,
      given_at = CASE WHEN withdrawn_at IS NULL THEN given_at ELSE ${at} END
    WHERE user_id = ${userId} AND client_id = ${clientId}`;
}

/** @returns false when it did not hold */
export async function markWithdrawn(tx: Transaction, userId: number, clientId: string, at: Date): Promise<boolean> {
  const { count } = await tx.consent.updateMany({
    where: { userId, clientId, withdrawnAt: null },
    data: { withdrawnAt: at },
  });
  return count === 1;
}

export type ListedConsent = {
  clientId: string;
  name: string;
  scopes: string[];
  givenAt: Date;
  lastUsedAt: Date | null;
};

/** A person's consents that hold, for clients that are not revoked; the newest first. */
export async function selectConsents(database: Database, userId: number): Promise<ListedConsent[]> {
  return database.$queryRaw<ListedConsent[]>`
    SELECT c.id AS "clientId", c.name, k.scopes, k.given_at AS "givenAt", k.last_used_at AS "lastUsedAt"
      FROM consents k JOIN clients c ON c.id = k.client_id
     WHERE k.user_id = ${userId} AND k.withdrawn_at IS NULL AND c.revoked_at IS NULL AND NOT c.first_party
     ORDER BY k.given_at DESC, c.id`;
}
