import type { Locale } from "@mgs/core/locale";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import type { LineProblem } from "./import-line";

/** Writes what is wrong with a line in a language. */
export function lineProblemTexts(locale: Locale): (problem: LineProblem) => string {
  const t = createTranslator(locale, messagesFor(locale), "peopleImport");
  return ({ code, otherLine }) => t(`problems.${code}`, { line: otherLine ?? 0 });
}
