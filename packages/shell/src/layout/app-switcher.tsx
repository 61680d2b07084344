"use client";
import { dashboardPath } from "@mgs/core/portal-links";
import { DropdownMenu, MenuLabel, menuLink } from "@mgs/ui/dropdown-menu";
import { PortalMark } from "@mgs/ui/portal-mark";
import { Check, ChevronsUpDown } from "lucide-react";
import { useTranslations } from "../intl";
import { useShell } from "../shell-context";

/** Shows the current portal, and links to the others that the person's role may open. */
export function AppSwitcher() {
  const t = useTranslations("shell");
  const { portal, portals } = useShell();
  const name = t(`portals.${portal}`);
  return (
    <DropdownMenu
      align="start"
      className="w-72"
      button={{
        "aria-label": t("switcher.label", { portal: name }),
        className: "-ms-2 flex h-control min-w-0 items-center gap-3 rounded-lg px-2 hover:bg-subtle",
        children: (
          <>
            <PortalMark portal={portal} />
            <span className="truncate font-semibold text-base sm:text-title">{name}</span>
            <ChevronsUpDown aria-hidden className="size-4 shrink-0 text-muted" />
          </>
        ),
      }}
    >
      <MenuLabel>{t("switcher.title")}</MenuLabel>
      {portals.map((link) => (
        <a
          key={link.portal}
          {...menuLink}
          href={(link.portal === portal ? "" : link.url) + dashboardPath()}
          aria-current={link.portal === portal ? "true" : undefined}
        >
          <PortalMark portal={link.portal} />
          <span className="min-w-0 flex-1">
            <span className="block truncate font-medium">{t(`portals.${link.portal}`)}</span>
            <span className="block truncate text-muted text-xs">{t(`portalAims.${link.portal}`)}</span>
          </span>
          {link.portal === portal ? (
            <>
              <Check aria-hidden />
              <span className="sr-only">{t("switcher.current")}</span>
            </>
          ) : null}
        </a>
      ))}
    </DropdownMenu>
  );
}
