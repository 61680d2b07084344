import { hostCookieName } from "@mgs/http/set-cookie";

/** Name of the cookie of the provider's session. `localhost` shares cookies between ports: no portal's has the same name. */
export const ssoCookieName = (secure: boolean): string => hostCookieName("mgs.sso", secure);

/** Names of an interaction's cookies. They have paths, so `bindingCookie` binds the interaction to its browser. */
export const INTERACTION_COOKIES = { interaction: "mgs.interaction", resume: "mgs.resume" } as const;

/** Cookie with the language that a client asks for (`ui_locales`); browsers send it to the sign-in page alone. */
export const UI_LOCALE_COOKIE = "mgs.ui-locale";

/** How many interactions of one browser may wait side by side, with some 2 kB of cookies. A new one replaces the oldest. */
export const MAX_BOUND_INTERACTIONS = 48;

/** Prefix of the names of cookies that bind interactions to this browser; the interaction's id follows. */
export const bindingPrefix = (secure: boolean): string => hostCookieName("mgs.began.", secure);

/** Name of the cookie that binds an interaction to the browser that began it. */
export const bindingCookie = (uid: string, secure: boolean): string => `${bindingPrefix(secure)}${uid}`;
