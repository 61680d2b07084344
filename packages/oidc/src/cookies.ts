/** Names of the provider's cookies: `localhost` shares them between ports, so none may meet a portal's. */
export const SSO_COOKIES = { session: "mgs.sso", interaction: "mgs.interaction", resume: "mgs.resume" } as const;

/** Language that a client asks the sign-in page to be in (`ui_locales`); sent to that one page alone. */
export const UI_LOCALE_COOKIE = "mgs.ui-locale";

/** Interactions of one browser that may wait side by side; the oldest ones give way. Some 2 kB of cookies. */
export const MAX_BOUND_INTERACTIONS = 48;

/**
 * Prefix of the cookies that say which interactions this browser began; the interaction's id follows. Over TLS the prefix
 * keeps sibling subdomains from planting one (RFC 6265bis section 4.1.3.2); plain http on localhost cannot have it.
 */
export const bindingPrefix = (secure: boolean): string => `${secure ? "__Host-" : ""}mgs.began.`;

/** Name of the cookie without which an interaction is another browser's. */
export const bindingCookie = (uid: string, secure: boolean): string => `${bindingPrefix(secure)}${uid}`;
