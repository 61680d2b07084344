"use client";
import { useLocale, useTimeZone } from "../intl";
import { useNow } from "./clock";
import { absoluteTime, relativeTime } from "./relative-time";

/** Shows how long ago a time is, updated every minute; its title is the full date. */
export function RelativeTime({ iso, className }: { iso: string; className?: string }) {
  const locale = useLocale();
  const timeZone = useTimeZone();
  const now = useNow();
  const full = absoluteTime(iso, locale, timeZone);
  return (
    <time dateTime={iso} title={full} className={className}>
      {now === null ? full : relativeTime(iso, Math.max(now, Date.parse(iso)), locale, timeZone)}
    </time>
  );
}
