"use client";
import { useMemo } from "react";
import { useLocale, useTimeZone } from "../intl";

/** The days of times as their reader counts them. @returns a key of a day, and its name */
export function useDays(): { key: (iso: string) => string; name: (iso: string) => string } {
  const [locale, timeZone] = [useLocale(), useTimeZone()];
  return useMemo(() => {
    const keys = new Intl.DateTimeFormat("en-CA", { year: "numeric", month: "2-digit", day: "2-digit", timeZone });
    const names = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeZone });
    return { key: (iso) => keys.format(new Date(iso)), name: (iso) => names.format(new Date(iso)) };
  }, [locale, timeZone]);
}
