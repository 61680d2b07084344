import { randomBytes } from "node:crypto";
import { sha256 } from "@mgs/core/crypto";

export const RECOVERY_CODE_COUNT = 10;
/** Without I, L, O and U, which are taken for 1, 0 and V (Crockford's base32). */
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/** 80 bits: a fast hash protects them, as it does tokens. */
const CHARACTERS = 16;

/** Makes the codes that stand for the second factor once each, as people read them: `7QX4-M2KD-9RTA-C5WV`. */
export function generateRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODE_COUNT }, () =>
    (readable([...randomBytes(CHARACTERS)].map((byte) => ALPHABET[byte % 32]).join("")).match(/.{4}/g) ?? []).join("-"),
  );
}

/**
 * The hash that a code is stored and found by; null when the text cannot be one. Case, spaces and hyphens do not count, and
 * letters that look like digits are read as these.
 */
export function recoveryCodeHash(userId: number, typed: string): string | null {
  const code = readable(typed);
  return code.length === CHARACTERS ? sha256(`recovery code\n${userId}\n${code}`) : null;
}

function readable(text: string): string {
  return text
    .toUpperCase()
    .replaceAll(/[^0-9A-Z]/g, "")
    .replaceAll(/[IL]/g, "1")
    .replaceAll("O", "0");
}
