"use client";
import { isLocale, isTheme, LOCALES, THEMES } from "@mgs/core/locale";
import { Avatar } from "@mgs/ui/avatar";
import { Badge } from "@mgs/ui/badge";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuRadioGroup,
  DropdownMenuRadioItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@mgs/ui/dropdown-menu";
import { LogOut, UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "../intl";
import { useShell } from "../shell-context";
import { usePreferences } from "./preferences";

/** Who is signed in, their language and theme, their profile, the way out. */
export function UserMenu() {
  const t = useTranslations("shell");
  const { user } = useShell();
  const { locale, theme, chooseLocale, chooseTheme } = usePreferences();
  return (
    <DropdownMenu>
      <DropdownMenuTrigger className="inline-flex size-10 items-center justify-center rounded-full hover:bg-subtle">
        <Avatar name={user.name} />
        <span className="sr-only">{t("user.menu", { name: user.name })}</span>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end" className="w-64">
        <div className="grid gap-2 px-2 py-2">
          <div className="min-w-0">
            <p className="truncate font-semibold">{user.name}</p>
            <p className="truncate text-muted text-xs">{user.email}</p>
          </div>
          <Badge tone="accent" className="justify-self-start">
            {t(`roles.${user.role}`)}
          </Badge>
        </div>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/profil">
            <UserRound aria-hidden />
            {t("user.profile")}
          </Link>
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuLabel id="user-language">{t("user.language")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          aria-labelledby="user-language"
          value={locale}
          onValueChange={(value) => isLocale(value) && void chooseLocale(value)}
        >
          {LOCALES.map((choice) => (
            <DropdownMenuRadioItem key={choice} value={choice} lang={choice}>
              {t(`locales.${choice}`)}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuLabel id="user-theme">{t("user.theme")}</DropdownMenuLabel>
        <DropdownMenuRadioGroup
          aria-labelledby="user-theme"
          value={theme}
          onValueChange={(value) => isTheme(value) && void chooseTheme(value)}
        >
          {THEMES.map((choice) => (
            <DropdownMenuRadioItem key={choice} value={choice} onSelect={(event) => event.preventDefault()}>
              {t(`themes.${choice}`)}
            </DropdownMenuRadioItem>
          ))}
        </DropdownMenuRadioGroup>
        <DropdownMenuSeparator />
        <DropdownMenuItem asChild>
          <Link href="/logout" prefetch={false}>
            <LogOut aria-hidden />
            {t("user.signOut")}
          </Link>
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
