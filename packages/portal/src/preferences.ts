import { isLocale, isTheme, type Locale, negotiateLocale, type Theme } from "@mgs/core/locale";
import { isSecureOrigin, setCookie } from "@mgs/http/set-cookie";
import { UI_LOCALE_COOKIE } from "@mgs/oidc/cookies";

/** Cookies that remember language and theme before anybody has signed in; portals on one host share them. */
const LOCALE_COOKIE = "mgs.locale";
const THEME_COOKIE = "mgs.theme";
const REMEMBERED_SECONDS = 365 * 24 * 3600;

type Preferences = { locale: Locale; theme: Theme };

/** Reads what a client asked its page to be in, what the browser remembers, else its own language and the system's theme. */
export function readPreferences(
  cookie: (name: string) => string | undefined,
  acceptLanguage: string | null,
): Preferences {
  const locale = [cookie(UI_LOCALE_COOKIE), cookie(LOCALE_COOKIE)].find(isLocale);
  const theme = cookie(THEME_COOKIE);
  return {
    locale: locale ?? negotiateLocale(acceptLanguage),
    theme: isTheme(theme) ? theme : "system",
  };
}

/** @param origin the app's public origin */
export function preferenceCookies({ locale, theme }: Preferences, origin: string): string[] {
  const attributes = { maxAgeSeconds: REMEMBERED_SECONDS, secure: isSecureOrigin(origin) };
  return [setCookie(LOCALE_COOKIE, locale, attributes), setCookie(THEME_COOKIE, theme, attributes)];
}

/** Headers of a request whose sender prefers just this. */
export function preferenceHeaders({ locale, theme }: Preferences): { cookie: string; "accept-language": string } {
  return { cookie: `${LOCALE_COOKIE}=${locale}; ${THEME_COOKIE}=${theme}`, "accept-language": locale };
}
