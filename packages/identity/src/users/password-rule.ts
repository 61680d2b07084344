import { isStorableText } from "@mgs/core/text";
import { z } from "zod";
import { normalizePassword } from "../password";
import { isCommonPassword, loadCommonPasswords } from "./common-passwords";
import { isPersonalPassword } from "./personal-password";

export const MIN_PASSWORD_LENGTH = 12;
/** Longer ones are refused at sign-in as well: argon2id of megabytes would let a stranger slow the server down. */
export const MAX_PASSWORD_LENGTH = 1_024;

/**
 * The rule for a new password of a person, in the form that is hashed: its length counts, it is none of the common ones and not the
 * person's name or address (NIST SP 800-63B-4 section 3.1.1.2). No rule restricts its characters.
 */
export async function newPasswordOf(person: { name: string; email: string }) {
  const common = await loadCommonPasswords();
  return z
    .string()
    .overwrite(normalizePassword)
    .min(MIN_PASSWORD_LENGTH, { error: "PASSWORD_TOO_SHORT", abort: true })
    .max(MAX_PASSWORD_LENGTH, { error: "PASSWORD_TOO_LONG", abort: true })
    .refine(isStorableText, { error: "INVALID_TEXT", abort: true })
    .refine((password) => !isPersonalPassword(password, person), { error: "PASSWORD_PERSONAL", abort: true })
    .refine((password) => !isCommonPassword(password, common), { error: "PASSWORD_COMMON" });
}
