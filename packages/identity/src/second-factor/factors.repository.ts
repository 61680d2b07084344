import type { Database, Transaction } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";

type Connection = Database | Transaction;

/** What a person can prove themself with besides the password. */
export type Factors = { passkeys: number; totp: boolean; recoveryCodes: number };

const FIND_FACTORS = {
  name: "find-factors",
  text: `SELECT
    (SELECT count(*)::int FROM passkeys WHERE user_id = $1) AS passkeys,
    EXISTS (SELECT FROM totp_secrets WHERE user_id = $1) AS totp,
    (SELECT count(*)::int FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL) AS "recoveryCodes"`,
};

export async function findFactors(database: Database, userId: number): Promise<Factors> {
  const [row] = await queryPrepared<Factors>(database, FIND_FACTORS, [userId]);
  return row ?? { passkeys: 0, totp: false, recoveryCodes: 0 };
}

/**
 * Locks a person, so that of two acts that remove factors the second sees what the first left; and reads what they have.
 */
export async function lockFactors(tx: Transaction, userId: number): Promise<Factors> {
  await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId} FOR NO KEY UPDATE`;
  const [passkeys, totp, recoveryCodes] = [
    await tx.passkey.count({ where: { userId } }),
    await tx.totpSecret.count({ where: { userId } }),
    await tx.recoveryCode.count({ where: { userId, usedAt: null } }),
  ];
  return { passkeys, totp: totp > 0, recoveryCodes };
}

export type StoredTotp = { secret: string; lastStep: bigint; confirmedAt: Date };

export async function findTotp(database: Connection, userId: number): Promise<StoredTotp | null> {
  return database.totpSecret.findUnique({
    where: { userId },
    select: { secret: true, lastStep: true, confirmedAt: true },
  });
}

/** Saves a confirmed secret in the place of any other. @param step of the code that confirmed it, which counts as used */
export async function saveTotp(tx: Transaction, userId: number, secret: string, at: Date, step: number): Promise<void> {
  const data = { secret, confirmedAt: at, lastStep: BigInt(step) };
  await tx.totpSecret.upsert({ where: { userId }, create: { userId, ...data }, update: data });
}

/**
 * Takes a code's time step, once: one conditional statement decides between two requests with the same code.
 * @param secret the sealed secret that the code was compared with
 * @returns false when that step or a later one was taken, or the secret is another one by now
 */
export async function takeTotpStep(
  database: Connection,
  taken: { userId: number; secret: string; step: number },
): Promise<boolean> {
  const { userId, secret, step } = taken;
  const { count } = await database.totpSecret.updateMany({
    where: { userId, secret, lastStep: { lt: BigInt(step) } },
    data: { lastStep: BigInt(step) },
  });
  return count === 1;
}

export async function deleteTotp(tx: Transaction, userId: number, since?: Date): Promise<boolean> {
  const { count } = await tx.totpSecret.deleteMany({
    where: { userId, ...(since === undefined ? {} : { confirmedAt: { gte: since } }) },
  });
  return count > 0;
}

export async function replaceRecoveryCodes(
  tx: Transaction,
  userId: number,
  hashes: readonly string[],
  at: Date,
): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({ data: hashes.map((codeHash) => ({ userId, codeHash, createdAt: at })) });
}

/** Uses a recovery code, once. @returns false when it is none of this person's, or was used */
export async function takeRecoveryCode(
  database: Connection,
  taken: { userId: number; codeHash: string; at: Date },
): Promise<boolean> {
  const { userId, codeHash, at } = taken;
  const { count } = await database.recoveryCode.updateMany({
    where: { userId, codeHash, usedAt: null },
    data: { usedAt: at },
  });
  return count === 1;
}

/** Whether a recovery code of this person was used, not before `since`. */
export async function wasRecoveryCodeUsed(
  database: Connection,
  used: { userId: number; codeHash: string; since: Date },
): Promise<boolean> {
  const { userId, codeHash, since } = used;
  return (await database.recoveryCode.count({ where: { userId, codeHash, usedAt: { gte: since } } })) > 0;
}

export async function deleteRecoveryCodes(tx: Transaction, userId: number, since?: Date): Promise<number> {
  const { count } = await tx.recoveryCode.deleteMany({
    where: { userId, ...(since === undefined ? {} : { createdAt: { gte: since } }) },
  });
  return count;
}
