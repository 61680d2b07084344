"use client";
import { useLocale, useTimeZone } from "../intl";

/** Writes a moment to come, with its day. */
export function useWhen(): (at: Date) => string {
  const [locale, timeZone] = [useLocale(), useTimeZone()];
  const format = new Intl.DateTimeFormat(locale, {
    ...{ weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone },
  });
  return (at) => format.format(at);
}
