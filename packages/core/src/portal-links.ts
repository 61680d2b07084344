/** Addresses of the pages and the sign-in that every portal has, whatever its domains. A domain has its addresses in its own `links.ts`. */

/** A sign-in ends at this page when its link asked for no other. */
export const dashboardPath = (): string => "/dashboard";

export const profilePath = (): string => "/profil";

/**
 * Administration's page about what a person proves themself with, of whatever portal they are: passkeys, authenticator app,
 * recovery codes.
 * @param returnTo address of the page that leads there
 */
export const securityPath = (returnTo?: string): string =>
  withQuery("/profil/securite", returnTo === undefined ? {} : { retour: returnTo });

/** The page of the applications that a person has given access to. */
export const consentsPath = (): string => `${profilePath()}/applications`;

/** The page of a person's absences, and of those for whom they stand in. */
export const absencesPath = (): string => `${profilePath()}/absences`;

/** The page of a person's devices. */
export const devicesPath = (): string => `${profilePath()}/appareils`;

/**
 * Makes the address that begins a sign-in.
 * @param returnTo page of this portal at which the sign-in ends
 * @param ended a `SessionEndReason` for which the session before has ended, or that session's id: the sign-in form says why
 */
export function signInPath(returnTo?: string, ended?: string): string {
  return withQuery("/login/oauth", {
    ...(returnTo === undefined ? {} : { returnTo }),
    ...(ended === undefined ? {} : { ended }),
  });
}

/**
 * Makes the address of the page that asks a signed-in person for a fresh proof of their identity. Each portal has it; it leads to
 * Administration's.
 * @param returnTo page at which it ends: a path of this portal, or at Administration also an address of another portal
 */
export const proofPath = (returnTo: string): string => withQuery("/preuve", { retour: returnTo });

/** The provider sends a sign-in of Administration back to this address. */
export const signInReturnPath = (): string => "/login/retour";

/** The page about a sign-in that did not finish. */
export function signInErrorPath(query: Readonly<Record<string, string>> = {}): string {
  return withQuery("/login/erreur", query);
}

/** A sign-in ends at this page when a page with a draft began it in a new tab. */
export const reconnectedPath = (): string => "/reconnexion";

/** The page that asks whether to sign out; its form posts to the same address. */
export function signOutPath(query: Readonly<Record<string, string>> = {}): string {
  return withQuery("/logout", query);
}

/** Administration's page after a sign-out that names no address to go to. */
export const signedOutPath = (): string => "/logout/termine";

/** The path that a portal's sign-in comes back to from the provider; NextAuth's own, so that NextAuth builds the same address. */
export const signInCallbackPath = (): string => "/api/auth/callback/mgs";

/** The path that the provider posts logout tokens of a portal to. */
export const backchannelLogoutPath = (): string => "/api/auth/backchannel-logout";

/** Administration's page that asks for the address of an account whose password is forgotten. */
export const forgottenPasswordPath = (query: Readonly<Record<string, string>> = {}): string =>
  withQuery("/compte/oublie", query);

/**
 * Administration's page on which a signed-in person changes their password, of whatever portal they are.
 * @param returnTo address of the page that leads there
 */
export const changePasswordPath = (returnTo?: string): string =>
  withQuery("/profil/mot-de-passe", returnTo === undefined ? {} : { retour: returnTo });

/** The path that the banner's form posts to, in every portal: it ends what an administrator does in somebody's name. */
export const endImpersonationPath = (): string => "/api/impersonation/end";

/** Administration's page of one person. */
export const personPagePath = (userId: number): string => `/console/personnes/${userId}`;

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(query).toString();
  return search === "" ? path : `${path}?${search}`;
}

/** The path that the command palette asks, the same in every portal. */
export const paletteApiPath = (search: string): string => `/api/palette?${new URLSearchParams({ search })}`;

/** The OpenAPI document of a portal. */
export const openApiPath = (): string => "/api/openapi.json";

/** The AsyncAPI document of a portal. */
export const asyncApiPath = (): string => "/api/asyncapi.json";
