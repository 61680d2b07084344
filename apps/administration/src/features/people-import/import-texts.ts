import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";

/** The texts of an import of people; they stay on the server. */
export function importTexts(locale: Locale) {
  return createTranslator(locale, messagesFor(locale), "peopleImport");
}
