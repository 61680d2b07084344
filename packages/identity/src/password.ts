import { hash, verify } from "@node-rs/argon2";
import { bcryptCost, bcryptMatches, spendBcryptTime } from "./legacy-password";

/** OWASP's second recommendation (19 MiB, 2 passes, 1 lane) for argon2id, which is the library's default algorithm. */
const ARGON2_OPTIONS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const CURRENT_HASH_PREFIX = `$argon2id$v=19$m=${ARGON2_OPTIONS.memoryCost},t=${ARGON2_OPTIONS.timeCost},p=${ARGON2_OPTIONS.parallelism}$`;

/** Verified when the account is unknown, so that both cases take the same time. */
const DUMMY_HASH = hash("nobody has this password", ARGON2_OPTIONS);

/** Hash of a new password, in the one form that `normalizePassword` gives it. */
export function hashPassword(plain: string): Promise<string> {
  return hash(normalizePassword(plain), ARGON2_OPTIONS);
}

/**
 * The form in which passwords are hashed, as RFC 8265 section 4.2.2 has it: every space is U+0020 and the text is NFC, so
 * that a no-break space (Option+Space) and accents typed as characters of their own (macOS, some phones) are the password
 * they look like.
 */
export function normalizePassword(plain: string): string {
  return plain.replaceAll(/\p{Zs}/gu, " ").normalize("NFC");
}

/** `outdated`: right, and to be hashed anew: the hash came from another system, or is of another form of the text. */
export type PasswordCheck = "wrong" | "right" | "outdated";

/**
 * Compares a password with an account's hash. Hashes from before passwords had one form, and from other systems, were made of
 * the text as it was typed: so all forms of it are tried, always, and their number depends on the text alone. While accounts
 * have bcrypt hashes, each refusal has cost, for each form, one argon2id and one bcrypt of the highest cost there is. Time
 * does not tell whether the account exists, whether its hash was renewed, or which form matched.
 * @param stored the account's hash, or null for an unknown account: the answer is then wrong, after the same work
 * @param legacyCost highest cost among the bcrypt hashes of all accounts; null when there are none
 */
export async function checkPassword(
  stored: string | null,
  plain: string,
  legacyCost: number | null = null,
): Promise<PasswordCheck> {
  const forms = formsOf(plain);
  const forEachForm = <T>(work: (form: string) => Promise<T>) => Promise.all(forms.map(work));
  const cost = stored === null ? null : bcryptCost(stored);
  if (stored !== null && cost !== null) {
    const found = await forEachForm((form) => bcryptMatches(stored, form));
    if (found.includes(true)) return "outdated";
    await forEachForm(() => spendBcryptTime(cost, Math.max(cost, legacyCost ?? cost)));
    const dummy = await DUMMY_HASH;
    await forEachForm((form) => verify(dummy, form));
    return "wrong";
  }
  const compared = stored ?? (await DUMMY_HASH);
  const found = (await forEachForm((form) => verify(compared, form))).indexOf(true);
  if (stored !== null && found >= 0)
    return found === 0 && stored.startsWith(CURRENT_HASH_PREFIX) ? "right" : "outdated";
  if (legacyCost !== null) await forEachForm(() => spendBcryptTime(null, legacyCost));
  return "wrong";
}

/** The form of today first. ASCII has one. */
function formsOf(plain: string): string[] {
  return [...new Set([normalizePassword(plain), plain, plain.normalize("NFC"), plain.normalize("NFD")])];
}
