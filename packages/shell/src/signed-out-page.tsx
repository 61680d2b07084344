"use client";
import { useTranslations } from "./intl";
import { PortalList } from "./layout/portal-list";
import { PublicFrame } from "./layout/public-frame";
import type { PortalLink } from "./shell-context";

/** Says that the session is over everywhere, and how to come back. */
export function SignedOutPage({ portals }: { portals: readonly PortalLink[] }) {
  const t = useTranslations("auth");
  return (
    <PublicFrame portal="administration" title={t("signedOutTitle")} intro={t("signedOutText")}>
      <PortalList portals={portals} />
    </PublicFrame>
  );
}
