import { safeEqual, sha256 } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { bcryptCost, bcryptMatches } from "../legacy-password";
import { replaceSecretHash } from "./client-secret.repository";

/**
 * Whether a secret is the client's. One that came from Laravel Passport may be kept as bcrypt: it is made ours as soon
 * as it is known, since each of its checks costs as much as a sign-in.
 */
export async function clientSecretMatches(
  deps: { database: Database },
  client: { id: string; secretHash: string },
  secret: string,
): Promise<boolean> {
  if (bcryptCost(client.secretHash) === null) return safeEqual(client.secretHash, sha256(secret));
  if (!(await bcryptMatches(client.secretHash, secret))) return false;
  await replaceSecretHash(deps.database, client.id, client.secretHash, sha256(secret));
  return true;
}
