import type { IncomingMessage } from "node:http";
import { readCookies } from "@mgs/http/cookies";
import type { NodeAnswer } from "@mgs/http/fast-path/intercept-requests";
import { isSecureOrigin } from "@mgs/http/set-cookie";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { bindingCookie } from "@mgs/oidc/cookies";
import { viewInteraction } from "@mgs/oidc/interaction";
import { interactionPath, loginFormPath } from "@mgs/oidc/links";
import { provider } from "@mgs/oidc/module";
import type { ProviderServices } from "@mgs/oidc/services";
import { createPageCache } from "@mgs/portal/page-cache";
import { createPagePolicyReader } from "@mgs/portal/page-policy";
import { preferenceHeaders, readPreferences } from "@mgs/portal/preferences";

/** The path of the sign-in page without a query: a query would carry a refusal of its own. */
const SIGN_IN_PAGE = /^\/interaction\/([\w-]{10,100})$/;

/** Headers by which the framework's own scripts ask for a page's data instead of the page. */
const DATA_REQUEST_HEADERS = ["rsc", "next-router-state-tree", "next-router-prefetch", "next-action"];

/** Finds the id of the interaction whose page a request asks for; null for any other request. */
export function signInPageId({ method, url, headers }: IncomingMessage): string | null {
  if (method !== "GET" || DATA_REQUEST_HEADERS.some((name) => name in headers)) return null;
  return SIGN_IN_PAGE.exec(url ?? "")?.[1] ?? null;
}

type Deps = PortalDeps & ProviderServices;

const readPolicy = createPagePolicyReader("administration");
const pages = createPageCache();

/** The provider's module, which also answers the sign-in page before the framework. */
export const providerWithSignInPage: typeof provider = {
  ...provider,
  intercept(deps, pathname, request) {
    const uid = signInPageId(request);
    return uid === null ? (provider.intercept?.(deps, pathname, request) ?? null) : createAnswer(deps, uid, pages);
  },
};

/**
 * Answers `GET /interaction/{uid}` from the page cache: the form is equal for all visitors of one language, theme,
 * client and end of the session before that have no session. The framework renders everything else (`app/interaction/[uid]/page.tsx`): visitors with a
 * session, consents, interactions of another browser.
 */
export function createAnswer(deps: Deps, uid: string, pages: ReturnType<typeof createPageCache>): NodeAnswer {
  const { sessions, ownOrigin } = deps;
  return async (req, res, passThrough) => {
    const cookies = readCookies(new Headers({ cookie: req.headers.cookie ?? "" }));
    const session = cookies[sessions.cookieName];
    try {
      const view = await viewInteraction(await deps.provider(), { uid, cookies });
      // A page with an expected e-mail address is for one visitor, and not from the cache.
      if (view.prompt !== "login" || view.loginHint || (session && (await sessions.find(session)))) {
        return passThrough();
      }
      const preferences = readPreferences((name) => cookies[name], req.headers["accept-language"] ?? null);
      const { cookie, ...language } = preferenceHeaders(preferences);
      await pages(req, res, passThrough, {
        key: JSON.stringify([preferences, view.client, view.ended]),
        id: uid,
        // The interaction may have ended since: its page then has no address for the form.
        requiredText: loginFormPath(uid),
        pathname: interactionPath(uid),
        headers: {
          host: new URL(ownOrigin).host,
          accept: "text/html",
          ...language,
          cookie: `${cookie}; ${bindingCookie(uid, isSecureOrigin(ownOrigin))}=1`,
        },
        policy: readPolicy(),
      });
    } catch (error) {
      if (res.headersSent) throw error;
      // The framework renders the error page, and logs this error.
      passThrough();
    }
  };
}
