import type { Locale, Theme } from "@mgs/core/locale";
import { isSecureOrigin, setCookie } from "@mgs/http/set-cookie";

/** Cookies that remember language and theme before anybody has signed in; portals on one host share them. */
export const LOCALE_COOKIE = "mgs.locale";
export const THEME_COOKIE = "mgs.theme";
const REMEMBERED_SECONDS = 365 * 24 * 3600;

export type Preferences = { locale: Locale; theme: Theme };

/**
 * `Set-Cookie` headers that remember a person's language and theme in this browser.
 * @param origin the app's public origin
 */
export function preferenceCookies({ locale, theme }: Preferences, origin: string): string[] {
  const attributes = { maxAgeSeconds: REMEMBERED_SECONDS, secure: isSecureOrigin(origin) };
  return [setCookie(LOCALE_COOKIE, locale, attributes), setCookie(THEME_COOKIE, theme, attributes)];
}
