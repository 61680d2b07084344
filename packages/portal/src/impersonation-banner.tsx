import type { Impersonation } from "@mgs/core/actor";
import { dashboardPath, endImpersonationPath } from "@mgs/core/portal-links";
import { messagesFor } from "@mgs/i18n/catalogue";
import { createTranslator } from "@mgs/i18n/translator";
import type { User } from "@mgs/identity/users.repository";
import { ImpersonationTimer } from "@mgs/shell/session/impersonation-timer";
import { UserRoundCog } from "lucide-react";

/** Class of `<body>` with the banner: its height, below which the page's own frame stays in view. */
export const IMPERSONATION_FRAME = "[--frame-top:4.5rem] sm:[--frame-top:3rem]";

type ImpersonationBannerProps = {
  user: Pick<User, "name" | "locale">;
  impersonation: Impersonation;
  /** Unix time of the rendering, in milliseconds. */
  now: number;
};

/**
 * Says on every page in whose name an administrator acts, until when, and ends it by a form that needs no scripts. It stays in view and
 * cannot be closed.
 */
export function ImpersonationBanner({ user, impersonation, now }: ImpersonationBannerProps) {
  const t = createTranslator(user.locale, messagesFor(user.locale), "impersonation");
  const secondsLeft = Math.max(0, Math.ceil((impersonation.expiresAt.getTime() - now) / 1_000));
  return (
    <aside
      aria-label={t("label")}
      data-testid="impersonation"
      className="sticky top-0 z-50 flex h-[var(--frame-top)] items-center gap-3 bg-ink px-4 text-canvas lg:px-6"
    >
      <UserRoundCog aria-hidden className="hidden size-5 shrink-0 sm:block" />
      <div className="min-w-0 flex-1 sm:flex sm:items-baseline sm:gap-3">
        <p role="status" className="min-w-0 sm:truncate">
          <span className="block text-xs sm:inline sm:text-sm">{t("title")}</span>{" "}
          <bdi className="block truncate font-semibold sm:inline">{user.name}</bdi>
        </p>
        <p className="flex min-w-0 gap-1 text-xs sm:text-sm">
          <bdi className="truncate">{impersonation.administrator.name}</bdi>
          <span aria-hidden>·</span>
          <ImpersonationTimer
            secondsLeft={secondsLeft}
            template={t("left", { minutes: "{minutes}" })}
            href={dashboardPath()}
          />
        </p>
      </div>
      <form method="post" action={endImpersonationPath()} data-leaves>
        <button
          type="submit"
          className="inline-flex h-9 items-center whitespace-nowrap rounded-lg bg-canvas px-4 font-medium text-ink text-sm hover:opacity-90"
        >
          {t("end")}
        </button>
      </form>
    </aside>
  );
}
