import { isStorableText } from "@mgs/core/text";
import { z } from "zod";
import { normalizePassword } from "../password";

export const SHORTEST_PASSWORD = 12;
/** What sign-in reads at most: see `sign-in.ts`. */
export const LONGEST_PASSWORD = 1_024;

/** A password somebody chooses: length is what counts (NIST SP 800-63B-4 section 3.1.1.2), no rule on its characters.
 * It is counted in the form that is hashed. */
export const newPassword = z
  .string()
  .overwrite(normalizePassword)
  .min(SHORTEST_PASSWORD, { error: "TOO_SHORT" })
  .max(LONGEST_PASSWORD)
  .refine(isStorableText, { error: "INVALID_TEXT" });
