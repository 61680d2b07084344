import type { Locale } from "@mgs/core/locale";
import { createTranslator } from "@mgs/i18n/translator";
import { calendarTexts } from "../texts";

/** The texts of holidays in one language; they stay on the server. */
export function holidayTexts(locale: Locale) {
  return createTranslator(locale, calendarTexts[locale], "holidays");
}
