import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import type { ConsoleContext } from "../console-context";

export type JournalTexts = ReturnType<typeof journalTexts>;

/** The texts of the journal's pages; they stay on the server. */
export function journalTexts({ texts: { locale, timeZone, dateTime } }: ConsoleContext) {
  const { journal } = messagesFor(locale);
  return { locale, timeZone, dateTime, t: createTranslator(locale, { journal }, "journal"), journal };
}
