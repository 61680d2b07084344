import { hostCookieName } from "@mgs/http/set-cookie";

/** Name of the cookie of the provider's session: `localhost` shares cookies between ports, so none may meet a portal's. */
export const ssoCookieName = (secure: boolean): string => hostCookieName("mgs.sso", secure);

/** Names of an interaction's cookies. They have paths, so they are bound to their browser by one more: `bindingCookie`. */
export const INTERACTION_COOKIES = { interaction: "mgs.interaction", resume: "mgs.resume" } as const;

/** Language that a client asks the sign-in page to be in (`ui_locales`); sent to that one page alone. */
export const UI_LOCALE_COOKIE = "mgs.ui-locale";

/** Interactions of one browser that may wait side by side; the oldest ones give way. Some 2 kB of cookies. */
export const MAX_BOUND_INTERACTIONS = 48;

/** What the names of the cookies begin with that say which interactions this browser began; the interaction's id follows. */
export const bindingPrefix = (secure: boolean): string => hostCookieName("mgs.began.", secure);

/** Name of the cookie without which an interaction is another browser's. */
export const bindingCookie = (uid: string, secure: boolean): string => `${bindingPrefix(secure)}${uid}`;
