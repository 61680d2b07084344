"use client";
import { PortalMark } from "@mgs/ui/portal-mark";
import { ArrowRight } from "lucide-react";
import { useTranslations } from "./intl";
import { PublicFrame } from "./layout/public-frame";
import type { PortalLink } from "./shell-context";

/** Says that the session is over everywhere, and how to come back. */
export function SignedOutPage({ portals }: { portals: readonly PortalLink[] }) {
  const t = useTranslations("auth");
  const names = useTranslations("shell.portals");
  return (
    <PublicFrame portal="administration" title={t("signedOutTitle")} intro={t("signedOutText")}>
      <ul className="grid gap-2">
        {portals.map(({ portal, url }) => (
          <li key={portal}>
            <a
              href={`${url}/dashboard`}
              className="flex items-center gap-3 rounded-lg border border-line p-3 transition-colors hover:bg-subtle"
            >
              <PortalMark portal={portal} />
              <span className="min-w-0 flex-1 font-medium">{names(portal)}</span>
              <ArrowRight aria-hidden className="size-4 shrink-0 text-muted rtl:rotate-180" />
            </a>
          </li>
        ))}
      </ul>
    </PublicFrame>
  );
}
