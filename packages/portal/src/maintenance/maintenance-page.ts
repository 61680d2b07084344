import type { Locale, Theme } from "@mgs/core/locale";
import { endImpersonationPath, signInPath } from "@mgs/core/portal-links";
import type { Portal } from "@mgs/core/portals";
import { DEFAULT_TIME_ZONE } from "@mgs/core/time-zone";
import { messagesFor } from "@mgs/i18n/catalogue";
import { directionOf } from "@mgs/i18n/direction";
import { createTranslator } from "@mgs/i18n/translator";
import type { MaintenanceDto } from "@mgs/maintenance/contract/maintenance";
import { maintenanceApiPath } from "@mgs/maintenance/links";

type PageSettings = {
  portal: Portal;
  locale: Locale;
  theme: Theme;
  nonce: string;
  /** Zone of the times; a page without a session has the company's. */
  timeZone?: string;
  maintenance: MaintenanceDto;
  /** Name of the person in whose name an administrator acts: the rights are theirs, and do not pass. */
  actingFor: string | null;
};

/** Accents of the portals, in light and dark, as `packages/ui/src/theme.css` has them. */
const ACCENTS: Readonly<Record<Portal, { fill: string; ink: string }>> = {
  administration: { fill: "light-dark(#4a41df, #5b53ea)", ink: "light-dark(#4038c4, #b0b5ff)" },
  commercial: { fill: "#0b7a5c", ink: "light-dark(#076549, #5fdcb0)" },
  "gestion-dossier": { fill: "light-dark(#a44a0c, #ad5110)", ink: "light-dark(#8e3f09, #f8b86b)" },
};

/** A page that is open asks at this interval whether the portals are open again. */
const POLL_MS = 5_000;

/**
 * Writes the page that stands in place of a portal. It is one document without other files, so that it is there while the portal's
 * own pages are replaced, and it goes on by itself when the maintenance is over.
 */
export function writeMaintenancePage(settings: PageSettings): string {
  const { portal, locale, theme, nonce, maintenance, actingFor, timeZone = DEFAULT_TIME_ZONE } = settings;
  const { shell, maintenance: own } = messagesFor(locale);
  const t = createTranslator(locale, { maintenance: own }, "maintenance");
  const time = (iso: string) =>
    new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone }).format(new Date(iso));
  const name = shell.portals[portal];
  const { fill, ink } = ACCENTS[portal];
  const expected = maintenance.expected_end === null ? "" : t("expected", { time: time(maintenance.expected_end) });
  const themeAttribute = theme === "system" ? "" : ` data-theme="${theme}"`;
  return `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}"${themeAttribute}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(t("title"))} · ${escapeHtml(name)} · MGS</title>
<noscript><meta http-equiv="refresh" content="${maintenance.retry_seconds}"></noscript>
<style>
:root { color-scheme: light dark; }
[data-theme="light"] { color-scheme: light; }
[data-theme="dark"] { color-scheme: dark; }
body { margin: 0; min-block-size: 100dvh; display: grid; place-content: center; padding: 1rem; box-sizing: border-box;
  background: light-dark(#f8f8fa, #0d0e11); color: light-dark(#16161c, #f2f2f5);
  font: 1rem/1.5 ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; }
main { inline-size: min(28rem, calc(100vw - 2rem)); box-sizing: border-box; padding: 2rem; border-radius: 1rem;
  background: light-dark(#fff, #15161a); border: 1px solid light-dark(#e5e5ea, #292b33);
  box-shadow: 0 12px 32px -8px light-dark(rgb(22 22 28 / 0.18), rgb(0 0 0 / 0.6)); overflow-wrap: anywhere; }
.mark { display: flex; align-items: center; justify-content: center; inline-size: 3rem; block-size: 3rem; border-radius: 0.75rem;
  background: ${fill}; color: #fff; }
h1 { margin: 1.5rem 0 0.5rem; font-size: 1.75rem; line-height: 2.25rem; letter-spacing: -0.022em; text-wrap: balance; }
p { margin: 0.5rem 0 0; color: light-dark(#595966, #a4a5b1); }
p.message { margin-block: 1rem; padding: 0.75rem 1rem; border-radius: 0.5rem; color: light-dark(#8a4708, #fbc04a);
  background: light-dark(#fdf4e3, #2f2410); font-weight: 500; }
a { display: inline-block; margin-block-start: 1.5rem; padding-block: 0.25rem; color: ${ink}; font-size: 0.875rem; }
form { margin-block-start: 1.5rem; padding-block-start: 1rem; border-block-start: 1px solid light-dark(#e5e5ea, #292b33); }
button { margin-block-start: 1rem; min-block-size: 2.75rem; padding-inline: 1rem; border: 0; border-radius: 0.5rem; background: ${fill};
  color: #fff; font: inherit; font-weight: 500; cursor: pointer; }
:is(a, button):focus-visible { outline: 2px solid ${ink}; outline-offset: 2px; border-radius: 4px; }
</style>
</head>
<body>
<main id="main">
<span class="mark"><svg aria-hidden="true" viewBox="0 0 24 24" width="30" height="30" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round"><path d="M14.7 6.3a1 1 0 0 0 0 1.4l1.6 1.6a1 1 0 0 0 1.4 0l3.77-3.77a6 6 0 0 1-7.94 7.94l-6.91 6.91a2.12 2.12 0 0 1-3-3l6.91-6.91a6 6 0 0 1 7.94-7.94l-3.76 3.76z"/></svg></span>
<h1>${escapeHtml(t("title"))}</h1>
<p class="message">${escapeHtml(maintenance.message)}</p>
${expected === "" ? "" : `<p>${escapeHtml(expected)}</p>\n`}<p>${escapeHtml(t("intro", { portal: name }))}</p>
${actingFor === null ? writeSignInLink(t("administrators")) : writeWayBack(t("actingFor", { name: actingFor }), t("endActing"))}
</main>
<script nonce="${escapeHtml(nonce)}">
(function () {
  function ask() {
    fetch(${JSON.stringify(maintenanceApiPath())}, { cache: "no-store" })
      .then(function (response) { return response.json(); })
      .then(function (body) {
        var state = body.data;
        if (body.success && (state === null || Date.parse(state.starts_at) > Date.now())) location.reload();
      })
      .catch(function () {});
  }
  setInterval(ask, ${POLL_MS});
  document.addEventListener("visibilitychange", function () { if (!document.hidden) ask(); });
})();
</script>
</body>
</html>
`;
}

const writeSignInLink = (text: string): string => `<a href="${escapeHtml(signInPath())}">${escapeHtml(text)}</a>`;

/** Writes how an administrator is themself again. The link to the sign-in would lead back here: their own sign-in goes on. */
function writeWayBack(text: string, button: string): string {
  return `<form method="post" action="${escapeHtml(endImpersonationPath())}">
<p>${escapeHtml(text)}</p>
<button>${escapeHtml(button)}</button>
</form>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
