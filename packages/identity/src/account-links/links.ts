import type { AccountLinkPurpose } from "./account-link";

/** Addresses of the pages that account mails lead to, and of the forms on them. All are Administration's. */

/** Pages below this path show a link's token in their address, so they send no referrer. */
export const ACCOUNT_PAGES_PREFIX = "/compte/";

const PAGES: Readonly<Record<AccountLinkPurpose, string>> = {
  invitation: "/compte/activation",
  "password-reset": "/compte/mot-de-passe",
  "not-me": "/compte/pas-moi",
  "address-changed": "/compte/pas-moi",
};

/** The page of a link. The token stands in the query, which no log line of ours holds. */
export function accountLinkPath(purpose: AccountLinkPurpose, query: Readonly<Record<string, string>> = {}): string {
  return withQuery(PAGES[purpose], query);
}

/** The page by which a signed-in person says of a notice that it was not them. @param linkId of the notice's link */
export const noticePath = (linkId: string): string => accountLinkPath("not-me", { avis: linkId });

/** The page that says that an account was closed by "it was not me". */
export const accountClosedPath = (): string => accountLinkPath("not-me", { ferme: "1" });

/** The page of a link, with its token. */
export const accountLinkHref = (purpose: AccountLinkPurpose, token: string): string =>
  accountLinkPath(purpose, { jeton: token });

/** The page of a sign-in, to which the choice of a password goes on that began there. */
export const isSignInPage = (path: string): boolean => /^\/interaction\/[\w-]{1,100}$/.test(path);

/**
 * The page that says that a password has been chosen, and leads to a sign-in.
 * @param portal where the person works
 * @param goOn page of a sign-in that has begun; empty without one
 */
export const passwordChosenPath = (portal: string, goOn = ""): string =>
  withQuery("/compte/termine", { portail: portal, ...(isSignInPage(goOn) ? { suite: goOn } : {}) });

/** The form of a link posts here. */
export const accountLinkFormPath = <Purpose extends AccountLinkPurpose>(purpose: Purpose) =>
  `/api/account/${purpose}` as const;

/** The form of a forgotten password posts here. */
export const forgottenPasswordFormPath = () => "/api/account/forgotten-password" as const;

function withQuery(path: string, query: Readonly<Record<string, string>>): string {
  const search = new URLSearchParams(query).toString();
  return search === "" ? path : `${path}?${search}`;
}
