"use client";
import { reconnectedPath, signInPath } from "@mgs/core/portal-links";
import { buttonStyles } from "@mgs/ui/button";
import { TriangleAlert } from "lucide-react";
import { useTranslations } from "../intl";
import { signInHref } from "../page-session";
import { useSessionEnd } from "./use-session-end";

/** Tells on a page with unsent text that the session is over, and links to the sign-in in another tab. */
export function SessionEndNotice() {
  const t = useTranslations("sessionEnd");
  const end = useSessionEnd();
  if (end === null) return null;
  return (
    <div
      role="alert"
      data-testid="session-end"
      className="sticky top-[calc(4rem+var(--frame-top,0px))] z-20 mb-6 max-w-2xl rounded-lg bg-warning-soft px-4 py-3 text-warning-ink shadow-float"
    >
      <p className="flex items-start gap-3 font-semibold">
        <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
        {end.reason === "logout" ? t("signedOut") : t("ended")}
      </p>
      <p className="mt-1">{t("kept")}</p>
      <p className="mt-3 flex flex-wrap gap-2">
        <a href={signInPath(reconnectedPath())} target="_blank" rel="noopener" className={buttonStyles({ size: "sm" })}>
          {t("inNewTab")}
        </a>
        <a href={signInHref()} className={buttonStyles({ variant: "secondary", size: "sm" })}>
          {t("here")}
        </a>
      </p>
    </div>
  );
}
