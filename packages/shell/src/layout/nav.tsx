"use client";
import { dashboardPath } from "@mgs/core/portal-links";
import { inboxPath, sendFormPath } from "@mgs/notifications/links";
import { cn } from "@mgs/ui/cn";
import { Bell, LayoutDashboard, Send } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "../intl";

/** A portal's own entry; `icon` is an element, so that a server layout can pass it. */
export type NavItem = {
  href: string;
  label: string;
  /** For a phone's bar, 13 letters at most: a part of the label, so that who says what they see is understood (WCAG 2.5.3). */
  shortLabel?: string;
  icon: ReactNode;
};

/** The entries of every portal, then the portal's own. */
export function useNavItems(items: readonly NavItem[]): readonly NavItem[] {
  const t = useTranslations("shell.nav");
  return [
    {
      href: dashboardPath(),
      label: t("dashboard"),
      shortLabel: t("dashboardShort"),
      icon: <LayoutDashboard aria-hidden />,
    },
    { href: inboxPath(), label: t("notifications"), icon: <Bell aria-hidden /> },
    { href: sendFormPath(), label: t("send"), shortLabel: t("sendShort"), icon: <Send aria-hidden /> },
    ...items,
  ];
}

/** The entry of the current page: the longest address that the path begins with. */
export function useCurrentHref(items: readonly NavItem[]): string | undefined {
  const path = usePathname();
  return items
    .map(({ href }) => href)
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** Beside the page on a wide screen. */
export function SideNav({ items }: { items: readonly NavItem[] }) {
  const t = useTranslations("shell.nav");
  const current = useCurrentHref(items);
  return (
    <nav aria-label={t("label")} className="sticky top-14 hidden w-68 shrink-0 self-start p-4 lg:block">
      <ul className="grid gap-1">
        {items.map(({ href, label, icon }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === current ? "page" : undefined}
              className={cn(
                "flex min-h-9 items-center gap-3 rounded-lg px-3 py-1.5 font-medium transition-colors [&_svg]:size-4 [&_svg]:shrink-0",
                href === current ? "bg-accent-soft text-accent-ink" : "text-muted hover:bg-subtle hover:text-ink",
              )}
            >
              {icon}
              <span className="min-w-0 break-words">{label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
