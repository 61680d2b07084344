import { useTranslations } from "../intl";

/** The day of the messages below it. */
export function DayLine({ text }: { text: string }) {
  return (
    <p className="flex items-center gap-3 px-4 pt-4 pb-1 text-muted text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      {text}
    </p>
  );
}

/** Stands above the first message that was unread when the page was opened. */
export function UnreadLine() {
  const t = useTranslations("messages");
  return (
    <p className="flex items-center gap-3 px-4 pt-3 pb-1 font-medium text-accent-ink text-xs before:h-px before:flex-1 before:bg-accent after:h-px after:flex-1 after:bg-accent">
      {t("unreadLine")}
    </p>
  );
}
