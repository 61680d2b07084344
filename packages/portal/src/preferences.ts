import { isLocale, isTheme, type Locale, negotiateLocale } from "@mgs/core/locale";
import { readCookies } from "@mgs/http/cookies";
import { LOCALE_COOKIE, type Preferences, THEME_COOKIE } from "@mgs/identity/preference-cookies";
import { UI_LOCALE_COOKIE } from "@mgs/oidc/cookies";

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

/** Language of a caller without a session: their page's, which the forms on it are told in as well. */
export function readLocale(headers: Headers): Locale {
  const cookies = readCookies(headers);
  return readPreferences((name) => cookies[name], headers.get("accept-language")).locale;
}

/** Headers of a request whose sender prefers just this. */
export function preferenceHeaders({ locale, theme }: Preferences): { cookie: string; "accept-language": string } {
  return { cookie: `${LOCALE_COOKIE}=${locale}; ${THEME_COOKIE}=${theme}`, "accept-language": locale };
}
