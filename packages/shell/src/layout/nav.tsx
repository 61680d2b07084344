"use client";
import { cn } from "@mgs/ui/cn";
import Link from "next/link";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { useTranslations } from "../intl";

/** An entry of the navigation; `icon` is an element, so that the server draws it. */
export type NavItem = {
  href: string;
  label: string;
  /** A part of the label, for a phone's bar. */
  shortLabel?: string;
  icon: ReactNode;
};

/** Finds the entry of the current page: the longest address that the path begins with. */
export function useCurrentHref(items: readonly NavItem[]): string | undefined {
  const path = usePathname();
  return items
    .map(({ href }) => href)
    .filter((href) => path === href || path.startsWith(`${href}/`))
    .sort((a, b) => b.length - a.length)[0];
}

/** The navigation beside the page on a wide screen. */
export function SideNav({ items }: { items: readonly NavItem[] }) {
  const t = useTranslations("shell.nav");
  const current = useCurrentHref(items);
  return (
    <nav
      aria-label={t("label")}
      className="sticky top-[calc(3.5rem+var(--frame-top,0px))] hidden w-68 shrink-0 self-start p-4 lg:block"
    >
      <ul className="grid gap-1">
        {items.map(({ href, label, icon }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === current ? "page" : undefined}
              className={cn(
                "flex min-h-9 pointer-coarse:min-h-11 items-center gap-3 rounded-lg px-3 py-1.5 font-medium transition-colors [&_svg]:size-4 [&_svg]:shrink-0",
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
