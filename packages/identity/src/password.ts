import { hash, verify } from "@node-rs/argon2";
import { bcryptCost, bcryptMatches, bcryptWork } from "./legacy-password";

/** OWASP's second recommendation (19 MiB, 2 passes, 1 lane) for argon2id, which is the library's default algorithm. */
const OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const OURS = `$argon2id$v=19$m=${OPTIONS.memoryCost},t=${OPTIONS.timeCost},p=${OPTIONS.parallelism}$`;

/** Hash of nobody's password: verified when the account is unknown, so that both cases take the same time. */
const NOBODY = hash("nobody has this password", OPTIONS);

export function hashPassword(plain: string): Promise<string> {
  return hash(plain, OPTIONS);
}

/** True when a hash was not made by `hashPassword` as it is today: the next sign-in that succeeds makes it anew. */
export function isOutdated(stored: string): boolean {
  return !stored.startsWith(OURS);
}

/**
 * Whether a password is the account's. While accounts have bcrypt hashes, each answer of false has cost one argon2id and
 * one bcrypt of the highest cost there is, whatever the account's own hash: time does not tell who exists or has moved.
 * @param stored the account's hash, or null for an unknown account: the answer is then false, after the same work
 * @param legacyCost highest cost among the bcrypt hashes of all accounts; null when there are none
 */
export async function passwordMatches(
  stored: string | null,
  plain: string,
  legacyCost: number | null = null,
): Promise<boolean> {
  const cost = stored === null ? null : bcryptCost(stored);
  if (stored !== null && cost !== null) {
    if (await bcryptMatches(stored, plain)) return true;
    await bcryptWork(cost, Math.max(cost, legacyCost ?? cost));
    await verify(await NOBODY, plain);
    return false;
  }
  const matches = await verify(stored ?? (await NOBODY), plain);
  if (stored !== null && matches) return true;
  if (legacyCost !== null) await bcryptWork(null, legacyCost);
  return false;
}
