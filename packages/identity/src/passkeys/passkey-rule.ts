import { isStorableText } from "@mgs/core/text";
import { z } from "zod";

/** More than a person has; a script could fill the table. */
export const MAX_PASSKEYS = 20;
/** COSE names of EdDSA, ES256 and RS256: every authenticator has one of them, and every Node verifies them. */
export const PASSKEY_ALGORITHMS = [-8, -7, -257];

const MAX_NAME_CHARACTERS = 60;

/** The input that names a passkey. */
export const passkeyNameInput = z.object({
  name: z
    .string()
    .trim()
    .min(1, { error: "REQUIRED" })
    .max(MAX_NAME_CHARACTERS)
    .refine(isStorableText, { error: "INVALID_TEXT" }),
});
