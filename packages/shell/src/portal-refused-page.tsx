"use client";
import { dashboardPath, signOutPath } from "@mgs/core/portal-links";
import type { Portal } from "@mgs/core/portals";
import { buttonStyles } from "@mgs/ui/button";
import { PortalMark } from "@mgs/ui/portal-mark";
import { ArrowRight, LogOut } from "lucide-react";
import { useTranslations } from "./intl";
import { PublicFrame } from "./layout/public-frame";
import type { PortalLink } from "./shell-context";

type PortalRefusedPageProps = {
  portal: Portal;
  user: { name: string; roleName: string };
  /** The portals that the role may open. */
  portals: readonly PortalLink[];
};

/** Tells a person that their role does not open this portal, and links to those that it opens. */
export function PortalRefusedPage({ portal, user, portals }: PortalRefusedPageProps) {
  const t = useTranslations("shell");
  const page = useTranslations("refused");
  const title = page("title", { portal: t(`portals.${portal}`) });
  return (
    <PublicFrame portal={portal} title={title} intro={page("text", { name: user.name, role: user.roleName })}>
      <h2 className="font-medium">{portals.length > 0 ? page("open") : page("none")}</h2>
      <ul className="mt-2 grid gap-2">
        {portals.map((link) => (
          <li key={link.portal}>
            <a
              href={link.url + dashboardPath()}
              className="flex items-center gap-3 rounded-lg border border-line p-3 transition-colors hover:bg-subtle"
            >
              <PortalMark portal={link.portal} />
              <span className="min-w-0 flex-1">
                <span className="block font-medium">{t(`portals.${link.portal}`)}</span>
                <span className="block text-muted text-xs">{t(`portalAims.${link.portal}`)}</span>
              </span>
              <ArrowRight aria-hidden className="size-4 shrink-0 text-muted rtl:rotate-180" />
            </a>
          </li>
        ))}
      </ul>
      <a href={signOutPath()} className={`${buttonStyles({ variant: "ghost" })} mt-6 w-full`}>
        <LogOut aria-hidden />
        {t("user.signOut")}
      </a>
    </PublicFrame>
  );
}
