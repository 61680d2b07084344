import { safeEqual, sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { bcryptCost, bcryptMatches } from "../legacy-password";
import { replaceSecretHash } from "./client-secret.repository";

/**
 * Whether a secret is the client's: its own, or the one before the last rotation while that opens. One that came from Laravel
 * Passport may be kept as bcrypt: it is made ours as soon as it is known, since each of its checks costs as much as a sign-in.
 * @param client.previousSecretHash null once the time of the secret before is over (`findClient`)
 */
export async function clientSecretMatches(
  deps: { database: Database },
  client: { id: string; secretHash: string; previousSecretHash: string | null },
  secret: string,
): Promise<boolean> {
  if (await matches(deps.database, client.id, client.secretHash, secret)) return true;
  return client.previousSecretHash !== null && matches(deps.database, client.id, client.previousSecretHash, secret);
}

async function matches(database: Database, id: string, hash: string, secret: string): Promise<boolean> {
  if (bcryptCost(hash) === null) return safeEqual(hash, sha256(secret));
  if (!(await bcryptMatches(hash, secret))) return false;
  await replaceSecretHash(database, id, hash, sha256(secret));
  return true;
}
