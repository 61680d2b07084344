import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";

/** The texts of documents in one language; those of uploads are in the browser as well. */
export function documentTexts(locale: Locale) {
  const { documents } = messagesFor(locale);
  return createTranslator(locale, { documents }, "documents");
}
