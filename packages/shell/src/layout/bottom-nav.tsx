"use client";
import { cn } from "@mgs/ui/cn";
import { Dialog } from "@mgs/ui/dialog";
import { Menu } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTranslations } from "../intl";
import { type NavItem, useCurrentHref } from "./nav";

/** So many entries fit side by side at 320 px without cutting their labels. */
const SLOT_COUNT = 4;
const SLOT_CLASSES =
  "flex min-h-14 min-w-0 flex-1 flex-col items-center justify-center gap-1 break-words text-center font-medium text-2xs [&_svg]:size-5";

/** The navigation at the bottom of a phone's screen; a button opens a sheet with the entries that do not fit. */
export function BottomNav({ items }: { items: readonly NavItem[] }) {
  const t = useTranslations("shell");
  const current = useCurrentHref(items);
  const shown = items.length > SLOT_COUNT ? items.slice(0, SLOT_COUNT - 1) : items;
  const rest = items.slice(shown.length);
  const [open, setOpen] = useState(false);
  return (
    <nav
      aria-label={t("nav.label")}
      className="fixed inset-x-0 bottom-0 z-30 flex border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] lg:hidden"
    >
      {shown.map(({ href, label, shortLabel, icon }) => (
        <Link
          key={href}
          href={href}
          aria-label={shortLabel === undefined ? undefined : label}
          aria-current={href === current ? "page" : undefined}
          className={cn(SLOT_CLASSES, href === current ? "text-accent-ink" : "text-muted")}
        >
          {icon}
          <span className="max-w-full">{shortLabel ?? label}</span>
        </Link>
      ))}
      {rest.length > 0 ? (
        <>
          <button
            type="button"
            aria-haspopup="dialog"
            aria-expanded={open}
            onClick={() => setOpen(true)}
            className={cn(SLOT_CLASSES, "text-muted")}
          >
            <Menu aria-hidden />
            <span>{t("nav.menu")}</span>
          </button>
          <Dialog
            open={open}
            onClose={() => setOpen(false)}
            title={t("nav.menu")}
            closeLabel={t("close")}
            shape="sheet"
          >
            <ul className="grid gap-1">
              {rest.map(({ href, label, icon }) => (
                <li key={href}>
                  <Link
                    href={href}
                    onClick={() => setOpen(false)}
                    aria-current={href === current ? "page" : undefined}
                    className="flex min-h-11 items-center gap-3 rounded-lg px-3 font-medium hover:bg-subtle [&_svg]:size-5"
                  >
                    {icon}
                    {label}
                  </Link>
                </li>
              ))}
            </ul>
          </Dialog>
        </>
      ) : null}
    </nav>
  );
}
