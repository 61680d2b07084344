"use client";
import { cn } from "@mgs/ui/cn";
import { useTranslations } from "../intl";
import { usePresence } from "./use-presence";

const COLOURS = {
  online: "bg-success-ink",
  away: "bg-warning-ink",
  dnd: "bg-danger",
  offline: "bg-line-strong",
} as const;

/** Whether a colleague is there, as a dot at their picture. The page needs the texts `messages`. */
export function PresenceDot({ userId, className }: { userId: number; className?: string }) {
  const t = useTranslations("messages.presence");
  const presence = usePresence(userId);
  if (presence === null) return null;
  return (
    <span
      className={cn(
        "inline-block size-2.5 shrink-0 rounded-full border-2 border-surface",
        COLOURS[presence.status],
        className,
      )}
      data-presence={presence.status}
      title={t(presence.status)}
    >
      <span className="sr-only">{t(presence.status)}</span>
    </span>
  );
}
