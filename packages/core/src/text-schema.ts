import { z } from "zod";
import { isBlank } from "./blank";
import { isStorableText } from "./text";

/**
 * Schema of a text that people write: 1 to `maxCharacters` characters (code points), one of them visible; spaces around it are dropped.
 * Errors: REQUIRED, INVALID_TEXT, TOO_LONG.
 */
export const requiredText = (maxCharacters: number) =>
  storableText(maxCharacters).refine((text) => !isBlank(text), { error: "REQUIRED" });

/** The same for a text that may be missing: then it is empty. */
export const optionalText = (maxCharacters: number) =>
  storableText(maxCharacters)
    .transform((text) => (isBlank(text) ? "" : text))
    .default("");

const storableText = (maxCharacters: number) =>
  z
    .string({ error: ({ input }) => (input === undefined || input === null ? "REQUIRED" : "INVALID_TEXT") })
    .trim()
    .refine(isStorableText, { error: "INVALID_TEXT" })
    .refine((text) => Array.from(text).length <= maxCharacters, { error: "TOO_LONG" });
