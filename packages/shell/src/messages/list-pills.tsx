import { Button } from "@mgs/ui/button";
import { Spinner } from "@mgs/ui/spinner";
import { Tooltip } from "@mgs/ui/tooltip";
import { ArrowDown, ArrowUp } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslations } from "../intl";

/** Leads to the end of a conversation, and says how many messages have come there meanwhile. It floats over the edge where no text is. */
export function EndPill({ newCount, onPress }: { newCount: number; onPress: () => void }) {
  const t = useTranslations("messages");
  const label = t("toEnd");
  return (
    <div className="absolute end-4 bottom-3">
      <Tooltip text={label}>
        <button
          type="button"
          aria-label={label}
          onClick={onPress}
          className="relative inline-flex size-control items-center justify-center rounded-full border border-line bg-raised text-ink shadow-float transition-colors hover:bg-subtle"
        >
          <ArrowDown aria-hidden className="size-5" />
          {newCount === 0 ? null : (
            <span
              aria-hidden
              className="absolute -top-1.5 min-w-5 rounded-full bg-accent px-1 text-center font-semibold text-2xs text-white leading-5 tabular-nums"
            >
              {newCount > 99 ? "99+" : newCount}
            </span>
          )}
        </button>
      </Tooltip>
    </div>
  );
}

/** Leads to the first unread message from a page that was opened elsewhere. */
export function UnreadPill({ count, onPress }: { count: number; onPress: () => void }) {
  const t = useTranslations("messages");
  return (
    <TopPill>
      <Button variant="secondary" size="sm" onClick={onPress}>
        <ArrowUp aria-hidden />
        {t("toUnread", { count })}
      </Button>
    </TopPill>
  );
}

/** Says that a stretch of messages is being read, or could not be. It floats: nothing moves by it. */
export function StretchPill({ state, onRetry }: { state: "reading" | "failed"; onRetry: () => void }) {
  const t = useTranslations("messages");
  const words = useTranslations("comments");
  return (
    <TopPill>
      {state === "reading" ? (
        <p
          role="status"
          className="flex animate-fade-in items-center gap-2 rounded-full border border-line bg-raised px-3 py-1 text-muted text-xs shadow-float [animation-delay:400ms] [animation-fill-mode:both]"
        >
          <Spinner />
          {t("reading")}
        </p>
      ) : (
        <div
          role="alert"
          className="flex flex-wrap items-center justify-center gap-x-3 gap-y-1 rounded-xl border border-line bg-raised px-3 py-1.5 text-danger-ink text-xs shadow-float"
        >
          {t("loadFailed")}
          <Button variant="secondary" size="sm" onClick={onRetry}>
            {words("retry")}
          </Button>
        </div>
      )}
    </TopPill>
  );
}

const TopPill = ({ children }: { children: ReactNode }) => (
  <div className="pointer-events-none absolute inset-x-4 top-3 flex justify-center *:pointer-events-auto">
    {children}
  </div>
);
