import type { Locale } from "@mgs/core/locale";
import { createTranslator } from "@mgs/i18n/translator";
import { calendarTexts } from "../texts";

/** The texts of absences in one language; they stay on the server. */
export function absenceTexts(locale: Locale) {
  const t = createTranslator(locale, calendarTexts[locale], "absence");
  const day = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
  return {
    t,
    /** Writes a day, such as `2026-11-30`. */
    day: (date: string) => day.format(new Date(`${date}T00:00:00Z`)),
  };
}
export type AbsenceTexts = ReturnType<typeof absenceTexts>;
