/** Addresses of the pages that every portal has, whatever its domains. Those of a domain are in its own `links.ts`. */

/** Where a sign-in ends when no other page was asked for. */
export const dashboardPath = (): string => "/dashboard";

export const profilePath = (): string => "/profil";

/**
 * Begins a sign-in.
 * @param returnTo a page of this portal, to come back to
 */
export function signInPath(returnTo?: string): string {
  return withQuery("/login/oauth", returnTo === undefined ? {} : { returnTo });
}

/** Administration's own sign-in comes back from the provider here. */
export const signInReturnPath = (): string => "/login/retour";

/** The page about a sign-in that did not finish. */
export function signInErrorPath(query: Readonly<Record<string, string>> = {}): string {
  return withQuery("/login/erreur", query);
}

/** Where a sign-in ends that a page with typed text began in a new tab. */
export const reconnectedPath = (): string => "/reconnexion";

/** The page that asks whether to sign out; its form posts to the same address. */
export function signOutPath(query: Readonly<Record<string, string>> = {}): string {
  return withQuery("/logout", query);
}

/** Administration's page after a sign-out that names no address to go to. */
export const signedOutPath = (): string => "/logout/termine";

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(query).toString();
  return search === "" ? path : `${path}?${search}`;
}
