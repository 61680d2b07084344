import { isBlank } from "@mgs/core/blank";
import { isStorableText } from "@mgs/core/text";
import { z } from "zod";

export const personName = z
  .string({ error: "REQUIRED" })
  .trim()
  .max(200, { error: "TOO_LONG" })
  .refine((name) => !isBlank(name), { error: "REQUIRED" })
  .refine(isStorableText, { error: "INVALID_TEXT" });

export const personEmail = z
  .string({ error: "REQUIRED" })
  .trim()
  .toLowerCase()
  .max(320, { error: "TOO_LONG" })
  .pipe(z.email({ error: "INVALID_VALUE" }));
