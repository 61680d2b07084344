import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";

/** The texts of the page `/api/docs`. */
export const createTexts = (locale: Locale) => createTranslator(locale, messagesFor(locale), "apiDocs");
export type Texts = ReturnType<typeof createTexts>;
