import { type Actor, requireUser } from "@mgs/core/actor";
import { LOCALES, type Locale, THEMES, type Theme } from "@mgs/core/locale";
import { canonicalTimeZone } from "@mgs/core/time-zone";
import type { Database } from "@mgs/db/client";
import { z } from "zod";
import { savePreferences } from "./users.repository";

const timeZone = z.string({ error: "INVALID_CHOICE" }).transform((name, context) => {
  const canonical = canonicalTimeZone(name);
  if (canonical !== null) return canonical;
  context.addIssue({ code: "custom", message: "INVALID_CHOICE" });
  return z.NEVER;
});

export const preferencesInput = z
  .strictObject({
    locale: z.enum(LOCALES, { error: "INVALID_CHOICE" }).optional(),
    theme: z.enum(THEMES, { error: "INVALID_CHOICE" }).optional(),
    /** An IANA name; null follows the browser. */
    time_zone: timeZone.nullable().optional(),
  })
  .refine((input) => Object.values(input).some((value) => value !== undefined), { error: "REQUIRED" });
export type PreferencesInput = z.output<typeof preferencesInput>;

/** Saves the actor's own language, theme and time zone, for every portal and every device. */
export async function updatePreferences(
  deps: { database: Database },
  actor: Actor,
  input: PreferencesInput,
): Promise<{ locale: Locale; theme: Theme; time_zone: string | null }> {
  const { userId } = requireUser(actor);
  const data = {
    ...(input.locale === undefined ? {} : { locale: input.locale }),
    ...(input.theme === undefined ? {} : { theme: input.theme }),
    ...(input.time_zone === undefined ? {} : { timeZone: input.time_zone }),
  };
  const { locale, theme, timeZone } = await savePreferences(deps.database, userId, data);
  return { locale, theme, time_zone: timeZone };
}
