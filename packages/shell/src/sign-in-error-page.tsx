"use client";
import type { Portal } from "@mgs/core/portals";
import { buttonStyles } from "@mgs/ui/button";
import { useTranslations } from "./intl";
import { PublicFrame } from "./layout/public-frame";

type SignInErrorPageProps = {
  portal: Portal;
  /** OAuth's or NextAuth's error code: shown small, for whoever is asked for help. */
  code: string;
};

/** A sign-in that could not be finished: what happened in words, and the way to begin again. */
export function SignInErrorPage({ portal, code }: SignInErrorPageProps) {
  const t = useTranslations("auth");
  const text =
    code === "access_denied" ? t("errorDenied") : code === "INTERACTION_NOT_FOUND" ? t("errorExpired") : t("errorText");
  const shown = code.replace(/[^\w.-]/g, "").slice(0, 40);
  return (
    <PublicFrame portal={portal} title={t("errorTitle")} intro={text}>
      <a href="/login/oauth" className={`${buttonStyles()} w-full`}>
        {t("again")}
      </a>
      {shown ? <p className="mt-6 font-mono text-muted text-xs">{t("reference", { code: shown })}</p> : null}
    </PublicFrame>
  );
}
