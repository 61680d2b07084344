import { type Actor, requireUser } from "@mgs/core/actor";
import { LOCALES, type Locale, THEMES, type Theme } from "@mgs/core/locale";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { savePreferences } from "./users.repository";

export const preferencesInput = z
  .strictObject({
    locale: z.enum(LOCALES, { error: "INVALID_CHOICE" }).optional(),
    theme: z.enum(THEMES, { error: "INVALID_CHOICE" }).optional(),
  })
  .refine((input) => input.locale !== undefined || input.theme !== undefined, { error: "REQUIRED" });
export type PreferencesInput = z.output<typeof preferencesInput>;

/** Saves the actor's own language and theme, for every portal and every device. */
export async function updatePreferences(
  deps: { database: Database },
  actor: Actor,
  input: PreferencesInput,
): Promise<{ locale: Locale; theme: Theme }> {
  const { userId } = requireUser(actor);
  const data = {
    ...(input.locale === undefined ? {} : { locale: input.locale }),
    ...(input.theme === undefined ? {} : { theme: input.theme }),
  };
  const { locale, theme } = await savePreferences(deps.database, userId, data);
  return { locale, theme };
}
