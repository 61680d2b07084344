import type { Locale, Theme } from "@mgs/core/locale";
import type { Portal } from "@mgs/core/portals";
import { directionOf } from "@mgs/i18n/direction";

type DocumentSettings = { locale: Locale; theme: Theme; portal: Portal };

/** Makes the attributes of `<html>`: language, direction, the chosen theme (none: the system's) and the portal's accent. */
export function htmlAttributes({ locale, theme, portal }: DocumentSettings) {
  return {
    lang: locale,
    dir: directionOf(locale),
    "data-portal": portal,
    ...(theme === "system" ? {} : { "data-theme": theme }),
  };
}
