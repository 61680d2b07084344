import type { Database, Transaction } from "@mgs/db/client";
import { queryPrepared } from "@mgs/db/prepared";

export type Passkey = {
  id: string;
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  backedUp: boolean;
};

const FIELDS = { id: true, name: true, createdAt: true, lastUsedAt: true, backedUp: true } as const;

export async function listPasskeyRows(database: Database, userId: number): Promise<Passkey[]> {
  return database.passkey.findMany({
    where: { userId },
    select: FIELDS,
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
}

export type StoredCredential = {
  id: string;
  userId: number;
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
};

/** The passkeys of a person, as authenticators know them. */
export async function listCredentials(
  database: Database,
  userId: number,
): Promise<{ id: string; transports: string[] }[]> {
  const rows = await database.passkey.findMany({ where: { userId }, select: { credentialId: true, transports: true } });
  return rows.map(({ credentialId, transports }) => ({ id: credentialId, transports }));
}

/** The passkey that an authenticator names; null also when its person is disabled. */
export async function findCredential(database: Database, credentialId: string): Promise<StoredCredential | null> {
  const row = await database.passkey.findFirst({
    where: { credentialId, user: { disabledAt: null, hidden: false } },
    select: { id: true, userId: true, credentialId: true, publicKey: true, counter: true, transports: true },
  });
  return row && { ...row, publicKey: new Uint8Array(row.publicKey), counter: Number(row.counter) };
}

export async function insertPasskey(
  tx: Transaction,
  passkey: Omit<StoredCredential, "counter"> & { counter: number; name: string; backedUp: boolean; createdAt: Date },
): Promise<boolean> {
  const { count } = await tx.passkey.createMany({
    data: [{ ...passkey, publicKey: Uint8Array.from(passkey.publicKey), counter: BigInt(passkey.counter) }],
    skipDuplicates: true,
  });
  return count === 1;
}

/** @returns false when it is none of this person's */
export async function updatePasskeyName(
  database: Database,
  key: { id: string; userId: number },
  name: string,
): Promise<boolean> {
  const { count } = await database.passkey.updateMany({ where: key, data: { name } });
  return count === 1;
}

/** @returns false when it is none of this person's */
export async function deletePasskey(tx: Transaction, key: { id: string; userId: number }): Promise<boolean> {
  const { count } = await tx.passkey.deleteMany({ where: key });
  return count === 1;
}

export async function deletePasskeys(tx: Transaction, userId: number, since?: Date): Promise<number> {
  const { count } = await tx.passkey.deleteMany({
    where: { userId, ...(since === undefined ? {} : { createdAt: { gte: since } }) },
  });
  return count;
}

/** Challenges that one holder may have at a time: tabs of one interaction ask for one each. A new one replaces the oldest. */
const MAX_CHALLENGES = 8;

const INSERT_CHALLENGE = {
  name: "insert-webauthn-challenge",
  text: `WITH removed AS (
      DELETE FROM webauthn_challenges WHERE challenge IN (
        SELECT challenge FROM webauthn_challenges WHERE holder = $2 ORDER BY expires_at DESC OFFSET ${MAX_CHALLENGES - 1})
    )
    INSERT INTO webauthn_challenges (challenge, holder, expires_at) VALUES ($1, $2, $3)`,
};

export async function insertChallenge(
  database: Database,
  row: { challenge: string; holder: string; expiresAt: Date },
): Promise<void> {
  await queryPrepared(database, INSERT_CHALLENGE, [row.challenge, row.holder, row.expiresAt]);
}

export type Challenge = { answerHash: string | null; passkeyId: string | null };

/** A challenge that was given to this holder and has not expired; it may have been answered. */
export async function findChallenge(
  database: Database,
  key: { challenge: string; holder: string; now: Date },
): Promise<Challenge | null> {
  const { challenge, holder, now } = key;
  return database.webauthnChallenge.findFirst({
    where: { challenge, holder, expiresAt: { gt: now } },
    select: { answerHash: true, passkeyId: true },
  });
}

/** Uses a challenge up, once. @returns false when another answer was first */
export async function takeChallenge(
  tx: Transaction,
  taken: { challenge: string; answerHash: string; passkeyId: string },
): Promise<boolean> {
  const { challenge, answerHash, passkeyId } = taken;
  const { count } = await tx.webauthnChallenge.updateMany({
    where: { challenge, answerHash: null },
    data: { answerHash, passkeyId },
  });
  return count === 1;
}

const COUNT_USE = {
  name: "count-passkey-use",
  // One statement: of two answers only one uses the challenge, and a counter that does not rise (WebAuthn section 6.1.1) is refused.
  text: `WITH used AS (
      UPDATE webauthn_challenges SET answer_hash = $2, passkey_id = $3::uuid
       WHERE challenge = $1 AND answer_hash IS NULL RETURNING 1
    )
    UPDATE passkeys p SET counter = $4::bigint, last_used_at = $5, backed_up = $6 FROM used
     WHERE p.id = $3::uuid AND (p.counter < $4::bigint OR (p.counter = 0 AND $4::bigint = 0))
    RETURNING p.id`,
};

/** Uses a challenge and counts the use of a passkey. @returns false when either was not to be had */
export async function countUse(
  database: Database,
  use: { challenge: string; answerHash: string; passkeyId: string; counter: number; at: Date; backedUp: boolean },
): Promise<boolean> {
  const { challenge, answerHash, passkeyId, counter, at, backedUp } = use;
  const rows = await queryPrepared(database, COUNT_USE, [challenge, answerHash, passkeyId, counter, at, backedUp]);
  return rows.length === 1;
}

/** Deletes what has expired. @returns how many */
export async function purgeChallenges(database: Database, limit: number): Promise<number> {
  return database.$executeRaw`
    DELETE FROM webauthn_challenges WHERE challenge IN (
      SELECT challenge FROM webauthn_challenges WHERE expires_at < now() ORDER BY expires_at LIMIT ${limit})`;
}
