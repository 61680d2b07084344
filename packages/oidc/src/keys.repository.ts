import { generateKeyPairSync, randomUUID } from "node:crypto";
import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { z } from "zod";

const signingKey = z.looseObject({ kty: z.string(), kid: z.string(), alg: z.string() });
export type SigningKey = z.output<typeof signingKey>;

const ALGORITHM = "RS256";
const DAY_MS = 24 * 60 * 60 * 1_000;
const context = (kid: string): string => `signing-key:${kid}`;

/** Makes the first signing key of a database; does nothing when there is one. */
export async function ensureSigningKey(database: Database, sealer: Sealer): Promise<void> {
  await database.$transaction(async (tx) => {
    // Two machines that start at once make one key: the second waits for the lock and finds it.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('mgs.signing-key'))`;
    if ((await tx.signingKey.count({ where: { retiredAt: null } })) > 0) return;
    const kid = randomUUID();
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const jwk = { ...privateKey.export({ format: "jwk" }), kid, alg: ALGORITHM, use: "sig" };
    await tx.signingKey.create({
      data: { kid, algorithm: ALGORITHM, jwk: sealer.seal(JSON.stringify(jwk), context(kid)) },
    });
  });
}

/**
 * Private keys, newest first: the first signs, all are published.
 * @throws Error when there is none, or the key-encryption key is not the one they were sealed with
 */
export async function loadSigningKeys(database: Database, sealer: Sealer): Promise<SigningKey[]> {
  const rows = await database.signingKey.findMany({ where: { retiredAt: null }, orderBy: { createdAt: "desc" } });
  if (rows.length === 0) throw new Error("there is no OpenID Connect signing key; `npm start` makes the first");
  return rows.map((row) => signingKey.parse(JSON.parse(sealer.open(row.jwk, context(row.kid)))));
}

/** Age of the key that signs, in whole days; null when there is none. */
export async function newestSigningKeyAge(database: Database): Promise<number | null> {
  const newest = await database.signingKey.findFirst({ where: { retiredAt: null }, orderBy: { createdAt: "desc" } });
  return newest && Math.floor((Date.now() - newest.createdAt.getTime()) / DAY_MS);
}
