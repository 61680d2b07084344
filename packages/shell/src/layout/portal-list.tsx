"use client";
import { dashboardPath } from "@mgs/core/portal-links";
import { PortalMark } from "@mgs/ui/portal-mark";
import { ArrowRight } from "lucide-react";
import { useTranslations } from "../intl";
import type { PortalLink } from "../shell-context";

/** Links to the portals, for a visitor who came from no portal that is known. */
export function PortalList({ portals }: { portals: readonly PortalLink[] }) {
  const names = useTranslations("shell.portals");
  return (
    <ul className="grid gap-2">
      {portals.map(({ portal, url }) => (
        <li key={portal}>
          <a
            href={url + dashboardPath()}
            className="flex items-center gap-3 rounded-lg border border-line p-3 transition-colors hover:bg-subtle"
          >
            <PortalMark portal={portal} />
            <span className="min-w-0 flex-1 font-medium">{names(portal)}</span>
            <ArrowRight aria-hidden className="size-4 shrink-0 text-muted rtl:rotate-180" />
          </a>
        </li>
      ))}
    </ul>
  );
}
