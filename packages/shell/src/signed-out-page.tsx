"use client";
import { useTranslations } from "./intl";
import { PortalList } from "./layout/portal-list";
import { PublicFrame } from "./layout/public-frame";
import type { PortalLink } from "./shell-context";

/** Tells that the session has ended in all portals, and links to a new sign-in. */
export function SignedOutPage({ portals }: { portals: readonly PortalLink[] }) {
  const t = useTranslations("auth");
  return (
    <PublicFrame portal="administration" title={t("signedOutTitle")} intro={t("signedOutText")}>
      <PortalList portals={portals} />
    </PublicFrame>
  );
}
