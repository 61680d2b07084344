import type { Database, Transaction } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";

/** A sign-in whose password was right. `method` and `answerHash` are those of the second factor, once it was proved. */
export type PendingRow = {
  userId: number;
  /** Sealed. */
  passwordHash: string;
  method: string | null;
  answerHash: string | null;
  remembered: boolean;
};

const SAVE = {
  name: "save-pending-sign-in-remembered",
  // The password form sent twice: a code that was taken meanwhile stays taken, until it expires.
  text: `INSERT INTO pending_sign_ins AS p (interaction_hash, user_id, password_hash, expires_at, remembered) VALUES ($1, $2, $3, $4, $6)
    ON CONFLICT (interaction_hash) DO UPDATE SET user_id = excluded.user_id, password_hash = excluded.password_hash,
      expires_at = excluded.expires_at, remembered = excluded.remembered, method = NULL, answer_hash = NULL
     WHERE p.user_id <> excluded.user_id OR p.answer_hash IS NULL OR p.expires_at < $5`,
};

export async function savePendingSignIn(
  database: Database,
  row: Omit<PendingRow, "method" | "answerHash"> & { interactionHash: string; expiresAt: Date; now: Date },
): Promise<void> {
  const { interactionHash, userId, passwordHash, expiresAt, now, remembered } = row;
  await queryPrepared(database, SAVE, [interactionHash, userId, passwordHash, expiresAt, now, remembered]);
}

export async function findPendingRow(
  database: Database | Transaction,
  interactionHash: string,
  now: Date,
): Promise<PendingRow | null> {
  return database.pendingSignIn.findFirst({
    where: { interactionHash, expiresAt: { gt: now } },
    select: { userId: true, passwordHash: true, method: true, answerHash: true, remembered: true },
  });
}

/** Marks a pending sign-in as proved, once. @returns false when another answer was first, or it is gone */
export async function markProved(
  tx: Transaction,
  proved: { interactionHash: string; userId: number; method: string; answerHash: string },
): Promise<boolean> {
  const { interactionHash, userId, method, answerHash } = proved;
  const { count } = await tx.pendingSignIn.updateMany({
    where: { interactionHash, userId, answerHash: null },
    data: { method, answerHash },
  });
  return count === 1;
}

/** Forgets the sign-ins of a person that are under way. */
export async function deletePendingSignIns(tx: Transaction, userId: number): Promise<void> {
  await tx.pendingSignIn.deleteMany({ where: { userId } });
}

/** Deletes what has expired. @returns how many */
export async function purgePendingSignIns(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM pending_sign_ins WHERE interaction_hash IN (
      SELECT interaction_hash FROM pending_sign_ins WHERE expires_at < now() ORDER BY expires_at LIMIT ${limit})`;
}
