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
 * The form in which passwords are hashed: every space is U+0020 and the text is NFKC (NIST SP 800-63B-4 section 3.1.1.2), so that a
 * no-break space (Option+Space), accents typed as characters of their own (macOS, some phones) and the wide letters of an input
 * method are the password they look like.
 */
export function normalizePassword(plain: string): string {
  return plain.replaceAll(/\p{Zs}/gu, " ").normalize("NFKC");
}

/** The form in which passwords were hashed before, as RFC 8265 section 4.2.2 has it. */
const normalizeBefore = (plain: string): string => plain.replaceAll(/\p{Zs}/gu, " ").normalize("NFC");

/** `outdated`: right, and to be hashed anew: the hash came from another system, or is of another form of the text. */
export type PasswordCheck = "wrong" | "right" | "outdated";

/**
 * Compares a password with an account's hash. Hashes from before passwords had one form, and from other systems, were made of
 * the text as it was typed: so all forms of it are tried, always, and their number depends on the text alone. While accounts
 * have bcrypt hashes, each refusal has cost, for each form, one argon2id and one bcrypt of the highest cost there is. Time
 * does not tell whether the account exists, whether its hash was renewed, or which form matched.
 * @param account the account's hash, or null for an unknown account: the answer is then wrong, after the same work; so it is for a
 *   hash that may not be verified
 * @param legacyCost highest cost among the bcrypt hashes of all accounts; null when there are none
 */
export async function checkPassword(
  account: string | null,
  plain: string,
  legacyCost: number | null = null,
): Promise<PasswordCheck> {
  const stored = account !== null && isUsableHash(account) ? account : null;
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
  const forms = [
    normalizePassword(plain),
    normalizeBefore(plain),
    plain,
    plain.normalize("NFC"),
    plain.normalize("NFD"),
  ];
  return [...new Set(forms)];
}

const ARGON2ID = /^\$argon2id\$v=19\$m=(\d{1,9}),t=(\d{1,9}),p=(\d{1,9})\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]+$/;

/** Bounds of argon2id hashes that another system has made. Verifying one costs its own memory and time, whatever ours are. */
export const MAX_ARGON2 = { memoryKib: 131_072, time: 10, parallelism: 4, memoryTimesTime: 262_144 };

/** Whether a stored hash may be verified: one with greater costs would let a sign-in exhaust the server. */
export function isUsableHash(stored: string): boolean {
  if (bcryptCost(stored) !== null) return true;
  const costs = ARGON2ID.exec(stored);
  if (!costs) return false;
  const [memoryKib, time, parallelism] = costs.slice(1).map(Number) as [number, number, number];
  return (
    time >= 1 &&
    parallelism >= 1 &&
    memoryKib >= 8 * parallelism &&
    memoryKib <= MAX_ARGON2.memoryKib &&
    time <= MAX_ARGON2.time &&
    parallelism <= MAX_ARGON2.parallelism &&
    memoryKib * time <= MAX_ARGON2.memoryTimesTime
  );
}
