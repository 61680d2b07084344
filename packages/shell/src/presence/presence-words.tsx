"use client";
import { useLocale, useTimeZone, useTranslations } from "../intl";
import { useNow } from "../time/clock";
import { relativeTime } from "../time/relative-time";
import { usePresence } from "./use-presence";

/** How a colleague is seen, in words: "En ligne", or when they were last there. The page needs the texts `messages`. */
export function PresenceWords({ userId, className }: { userId: number; className?: string }) {
  const t = useTranslations("messages.presence");
  const presence = usePresence(userId);
  const [locale, timeZone, now] = [useLocale(), useTimeZone(), useNow()];
  if (presence === null) return null;
  const { status, last_seen_at: lastSeen } = presence;
  const text =
    status === "offline" && lastSeen !== null && now !== null
      ? t("lastSeen", { time: relativeTime(lastSeen, Math.max(now, Date.parse(lastSeen)), locale, timeZone) })
      : t(status);
  return <span className={className}>{text}</span>;
}
