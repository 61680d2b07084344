import { isLocale, isTheme, type Locale, negotiateLocale } from "@mgs/core/locale";
import { readCookies } from "@mgs/http/cookies";
import { LOCALE_COOKIE, type Preferences, THEME_COOKIE } from "@mgs/identity/preference-cookies";
import { UI_LOCALE_COOKIE } from "@mgs/oidc/cookies";

/** Reads language and theme: those that a client asked for, else those in cookies, else the browser's language and the system's theme. */
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

/** Reads the language of a caller without a session: that of their page, so that its forms answer in the same language. */
export function readLocale(headers: Headers): Locale {
  const cookies = readCookies(headers);
  return readPreferences((name) => cookies[name], headers.get("accept-language")).locale;
}

/** Makes the headers of a request with these preferences. */
export function preferenceHeaders({ locale, theme }: Preferences): { cookie: string; "accept-language": string } {
  return { cookie: `${LOCALE_COOKIE}=${locale}; ${THEME_COOKIE}=${theme}`, "accept-language": locale };
}
