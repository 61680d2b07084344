import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";

/** The texts of what people do with dossiers and sessions, which stay on the server. */
export function workTexts(locale: Locale) {
  const { dossierWork, dossierPage, dossiers } = messagesFor(locale);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return {
    locale,
    t: createTranslator(locale, { dossierWork }, "dossierWork"),
    page: createTranslator(locale, { dossierPage }, "dossierPage"),
    words: createTranslator(locale, { dossiers }, "dossiers"),
    /** Writes a date without a time, `2026-11-30`. */
    day: (date: string) => day.format(new Date(`${date}T00:00:00Z`)),
  };
}
export type WorkTexts = ReturnType<typeof workTexts>;
