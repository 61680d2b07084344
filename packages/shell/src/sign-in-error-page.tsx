"use client";
import { signInPath } from "@mgs/core/portal-links";
import type { Portal } from "@mgs/core/portals";
import { buttonStyles } from "@mgs/ui/button";
import { useTranslations } from "./intl";
import { PortalList } from "./layout/portal-list";
import { PublicFrame } from "./layout/public-frame";
import type { PortalLink } from "./shell-context";

type SignInErrorPageProps = {
  portal: Portal;
  /** OAuth's, NextAuth's or our own error code: shown small, for whoever is asked for help. */
  code: string;
  /** Address that begins another sign-in. */
  again?: string;
  /** Given instead of an address where nobody knows which portal the visitor came from. */
  portals?: readonly PortalLink[];
};

/** What is said about an error; any other gets a sentence that holds for all. */
const TEXTS = {
  access_denied: "errorDenied",
  COOKIES_REFUSED: "errorCookies",
  INTERACTION_NOT_FOUND: "errorExpired",
  invalid_grant: "errorExpired",
  temporarily_unavailable: "errorUnavailable",
  UNAVAILABLE: "errorUnavailable",
} as const;

const textOf = (code: string) => (Object.hasOwn(TEXTS, code) ? TEXTS[code as keyof typeof TEXTS] : "errorText");

/** A sign-in that could not be finished: what happened in words, and the way to begin again. */
export function SignInErrorPage({ portal, code, again = signInPath(), portals }: SignInErrorPageProps) {
  const t = useTranslations("auth");
  const shown = code.replace(/[^\w.-]/g, "").slice(0, 40);
  return (
    <PublicFrame portal={portal} title={t("errorTitle")} intro={t(textOf(code))}>
      {portals ? (
        <PortalList portals={portals} />
      ) : (
        <a href={again} className={`${buttonStyles()} w-full`}>
          {t("again")}
        </a>
      )}
      {shown ? (
        <p className="mt-6 break-words font-mono text-muted text-xs">{t("reference", { code: shown })}</p>
      ) : null}
    </PublicFrame>
  );
}
