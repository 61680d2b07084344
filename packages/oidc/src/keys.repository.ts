import { generateKeyPairSync, randomUUID } from "node:crypto";
import type { Sealer } from "@mgs/core/crypto";
import type { Database, Transaction } from "@mgs/db/client";
import { z } from "zod";
import { type KeyDates, publishedKeys } from "./keys/key-states";

const signingKey = z.looseObject({ kty: z.string(), kid: z.string(), alg: z.string() });
export type SigningKey = z.output<typeof signingKey>;

const ALGORITHM = "RS256";
const DAY_MS = 24 * 60 * 60 * 1_000;
const DATES = { kid: true, createdAt: true, activatesAt: true, retiredAt: true } as const;
const context = (kid: string): string => `signing-key:${kid}`;

/** Takes the lock of the signing keys until the end of the transaction: two machines that act at once make one key. */
export async function lockSigningKeys(tx: Transaction): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('mgs.signing-key'))`;
}

/** Makes the first signing key of a database; does nothing when there is one. */
export async function ensureSigningKey(database: Database, sealer: Sealer): Promise<void> {
  await database.$transaction(async (tx) => {
    await lockSigningKeys(tx);
    if ((await tx.signingKey.count({ where: { retiredAt: null } })) > 0) return;
    await insertSigningKey(tx, sealer, new Date());
  });
}

/** Makes a key that signs from a time on. @returns its id */
export async function insertSigningKey(tx: Transaction, sealer: Sealer, activatesAt: Date): Promise<string> {
  const kid = randomUUID();
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const jwk = { ...privateKey.export({ format: "jwk" }), kid, alg: ALGORITHM, use: "sig" };
  await tx.signingKey.create({
    data: { kid, algorithm: ALGORITHM, jwk: sealer.seal(JSON.stringify(jwk), context(kid)), activatesAt },
  });
  return kid;
}

/** Reads the dates of keys; those that were retired as well when asked. */
export async function readKeyDates(database: Database | Transaction, { retired = false } = {}): Promise<KeyDates[]> {
  return database.signingKey.findMany({ select: DATES, ...(retired ? {} : { where: { retiredAt: null } }) });
}

/** Ends the publication of keys. @returns the ids of those that were published until now */
export async function retireSigningKeys(tx: Transaction, kids: readonly string[], at: Date): Promise<string[]> {
  const retired = await tx.signingKey.updateManyAndReturn({
    where: { kid: { in: [...kids] }, retiredAt: null },
    data: { retiredAt: at },
    select: { kid: true },
  });
  return retired.map(({ kid }) => kid);
}

/**
 * Private keys that are published now. The first signs.
 * @throws Error when there is none, or the key-encryption key is not the one they were sealed with
 */
export async function loadSigningKeys(
  database: Database,
  sealer: Sealer,
  now: Date = new Date(),
): Promise<SigningKey[]> {
  const rows = await database.signingKey.findMany({ where: { retiredAt: null } });
  if (rows.length === 0) throw new Error("there is no OpenID Connect signing key; `npm start` makes the first");
  return publishedKeys(rows, now).map((row) => signingKey.parse(JSON.parse(sealer.open(row.jwk, context(row.kid)))));
}

/** Age of the newest key, in whole days; null when there is none. */
export async function newestSigningKeyAge(database: Database): Promise<number | null> {
  const newest = await database.signingKey.findFirst({ where: { retiredAt: null }, orderBy: { createdAt: "desc" } });
  return newest && Math.floor((Date.now() - newest.createdAt.getTime()) / DAY_MS);
}
