import { isStorableText } from "@mgs/core/text";
import { z } from "zod";
import { normalizePassword } from "../password";

export const MIN_PASSWORD_LENGTH = 12;
/** Longer ones are refused at sign-in as well: argon2id of megabytes would let a stranger slow the server down. */
export const MAX_PASSWORD_LENGTH = 1_024;

/**
 * A new password: its length counts (NIST SP 800-63B-4 section 3.1.1.2), in the form that is hashed, and no rule restricts its
 * characters.
 */
export const newPassword = z
  .string()
  .overwrite(normalizePassword)
  .min(MIN_PASSWORD_LENGTH, { error: "TOO_SHORT" })
  .max(MAX_PASSWORD_LENGTH)
  .refine(isStorableText, { error: "INVALID_TEXT" });
