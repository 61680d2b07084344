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
  /** An error code of OAuth, NextAuth or our own, which the page shows for the support. */
  code: string;
  /** The address of a new sign-in. */
  again?: string;
  /** The portals to choose from, when it is unknown from which the visitor came. */
  portals?: readonly PortalLink[];
};

/** Texts for known error codes; other codes have a general text. */
const TEXTS = {
  access_denied: "errorDenied",
  COOKIES_REFUSED: "errorCookies",
  INTERACTION_NOT_FOUND: "errorExpired",
  invalid_grant: "errorExpired",
  temporarily_unavailable: "errorUnavailable",
  UNAVAILABLE: "errorUnavailable",
} as const;

const textOf = (code: string) => (Object.hasOwn(TEXTS, code) ? TEXTS[code as keyof typeof TEXTS] : "errorText");

/** Explains why a sign-in failed, and links to a new one. */
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
