"use client";
import { LOCALES, THEMES } from "@mgs/core/locale";
import { profilePath, signOutPath } from "@mgs/core/portal-links";
import { Avatar } from "@mgs/ui/avatar";
import { Badge } from "@mgs/ui/badge";
import { DropdownMenu, MenuRadioGroup, MenuRadioItem, MenuSeparator, menuLink } from "@mgs/ui/dropdown-menu";
import { LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "../intl";
import { StatusSpot } from "../presence/status-spot";
import { useShell } from "../shell-context";
import { usePreferences } from "./preferences";

/** Shows the person's name, and lets them choose language and theme, open their profile, and sign out. */
export function UserMenu() {
  const t = useTranslations("shell");
  const { user } = useShell();
  const { locale, theme, chooseLocale, chooseTheme } = usePreferences();
  return (
    <DropdownMenu
      align="end"
      className="w-64"
      button={{
        className: "inline-flex size-control items-center justify-center rounded-full hover:bg-subtle",
        children: (
          <>
            <Avatar name={user.name} />
            <span className="sr-only">{t("user.menu", { name: user.name })}</span>
          </>
        ),
      }}
    >
      <div className="grid gap-2 px-2 py-2">
        <div className="min-w-0">
          <p className="truncate font-semibold">
            <bdi>{user.name}</bdi>
          </p>
          <p className="truncate text-muted text-xs">
            <bdi>{user.email}</bdi>
          </p>
        </div>
        <Badge tone="accent" className="justify-self-start">
          <bdi>{user.roleName}</bdi>
        </Badge>
      </div>
      <MenuSeparator />
      <Link href={profilePath()} {...menuLink}>
        <UserRound aria-hidden />
        {t("user.profile")}
      </Link>
      <StatusSpot />
      <MenuSeparator />
      <MenuRadioGroup label={t("user.language")}>
        {LOCALES.map((choice) => (
          <MenuRadioItem
            key={choice}
            checked={choice === locale}
            lang={choice}
            onClick={() => void chooseLocale(choice)}
          >
            {t(`locales.${choice}`)}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
      <MenuRadioGroup label={t("user.theme")}>
        {THEMES.map((choice) => (
          <MenuRadioItem
            key={choice}
            checked={choice === theme}
            onClick={(event) => {
              // The menu stays open, so that people can compare themes.
              event.preventDefault();
              void chooseTheme(choice);
            }}
          >
            {t(`themes.${choice}`)}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
      <MenuSeparator />
      <Link href={signOutPath()} prefetch={false} {...menuLink}>
        <LogOut aria-hidden />
        {t("user.signOut")}
      </Link>
    </DropdownMenu>
  );
}
