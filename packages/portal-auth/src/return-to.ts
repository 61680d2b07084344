/** Where a sign-in ends when nothing else was asked for. */
export const HOME = "/dashboard";

/** Pages that would send the visitor straight back, or sign them out again. */
const LOOPS = ["/login", "/logout", "/api/"];

/**
 * A path of our own origin, from whatever a link asked for: `https://elsewhere`, `//elsewhere`, `/\elsewhere` and
 * anything that a browser would read as another host become `HOME`.
 */
export function safeReturnTo(wanted: string | null | undefined): string {
  if (!wanted?.startsWith("/") || wanted.length > 2_048) return HOME;
  const base = "http://own.invalid";
  if (!URL.canParse(wanted, base)) return HOME;
  const url = new URL(wanted, base);
  const path = `${url.pathname}${url.search}${url.hash}`;
  // `/.//host` resolves to the path `//host`, which a browser would then read as a host.
  if (url.origin !== base || path.startsWith("//") || LOOPS.some((loop) => url.pathname.startsWith(loop))) return HOME;
  return path === "/" ? HOME : path;
}

/** Address that starts a sign-in and comes back to `path`. */
export function signInPath(path: string): string {
  return `/login/oauth?${new URLSearchParams({ returnTo: safeReturnTo(path) })}`;
}

/** Characters of an error's code that are shown: it may be anybody's text. */
const MAX_CODE_LENGTH = 40;

/**
 * Address that says in words that a portal's sign-in did not finish, and leads on to `path` by another one. What the
 * provider tells about a client's request comes without `returnTo`.
 */
export function signInErrorPath(code: string, path: string): string {
  const error = code.replace(/[^\w.-]/g, "").slice(0, MAX_CODE_LENGTH);
  return `/login/erreur?${new URLSearchParams({ error, returnTo: safeReturnTo(path) })}`;
}
