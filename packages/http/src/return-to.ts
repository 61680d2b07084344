import * as links from "@mgs/core/portal-links";

const MAX_RETURN_TO_CHARACTERS = 2_048;

/** A sign-in may not end at these paths: they begin another one, sign the visitor out, or are no pages. */
const REFUSED_PREFIXES = ["/login", links.signOutPath(), "/api/"];

/**
 * Turns the address in a link into a path of this origin. It returns the dashboard for `https://elsewhere`, `//elsewhere`,
 * `/\elsewhere` and every other address that a browser would read as another host.
 */
export function safeReturnTo(wanted: string | null | undefined): string {
  if (!wanted?.startsWith("/") || wanted.length > MAX_RETURN_TO_CHARACTERS) return links.dashboardPath();
  const base = "http://own.invalid";
  if (!URL.canParse(wanted, base)) return links.dashboardPath();
  const url = new URL(wanted, base);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // `/.//host` resolves to the path `//host`, which a browser would then read as a host.
  if (
    url.origin !== base ||
    path.startsWith("//") ||
    REFUSED_PREFIXES.some((prefix) => url.pathname.startsWith(prefix))
  )
    return links.dashboardPath();
  return path === "/" ? links.dashboardPath() : path;
}

/** Makes the address that starts a sign-in, which ends at `path` when that is a page of this origin. */
export function signInPath(path: string): string {
  return links.signInPath(safeReturnTo(path));
}

/** Bounds the error's code that the page shows, because a visitor may have written it. */
const MAX_CODE_CHARACTERS = 40;

/**
 * Makes the address of the page about a sign-in that did not finish. Its button begins another one, which ends at `path`. The
 * provider's own errors lead to the same page without `returnTo`.
 */
export function signInErrorPath(code: string, path: string): string {
  const error = code.replace(/[^\w.-]/g, "").slice(0, MAX_CODE_CHARACTERS);
  return links.signInErrorPath({ error, returnTo: safeReturnTo(path) });
}
