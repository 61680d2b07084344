import type { IncomingMessage, ServerResponse } from "node:http";
import { isSecureOrigin } from "@mgs/http/set-cookie";
import { bindingCookie } from "@mgs/oidc/cookies";
import { viewInteraction } from "@mgs/oidc/interaction";
import type { createPageCache } from "@mgs/portal/page-cache";
import { preferenceHeaders, readPreferences } from "@mgs/portal/preferences";
import { readCookies } from "@mgs/portal-auth/cookies";
import type { Administration } from "../../composition";
import { pagePolicy } from "../../page-policy";

/** The sign-in page as everybody gets it: without a query, which would carry a refusal. */
const SIGN_IN_PAGE = /^\/interaction\/([\w-]{10,100})$/;

/** What the framework's own scripts ask with: data of a page, not the page. */
const FOR_SCRIPTS = ["rsc", "next-router-state-tree", "next-router-prefetch", "next-action"];

/** The id of an interaction whose page this request asks for; null for any other request. */
export function signInPageId({ method, url, headers }: IncomingMessage): string | null {
  if (method !== "GET" || FOR_SCRIPTS.some((name) => name in headers)) return null;
  return SIGN_IN_PAGE.exec(url ?? "")?.[1] ?? null;
}

/**
 * Answers `GET /interaction/{uid}` from the page cache: the form is equal for all visitors of one language, theme and
 * client that have no session. The framework renders everything else (`app/interaction/[uid]/page.tsx`): visitors with a
 * session, consents, interactions of another browser.
 */
export async function answerSignInPage(
  { provider, sessions, runtime }: Administration,
  pages: ReturnType<typeof createPageCache>,
  uid: string,
  req: IncomingMessage,
  res: ServerResponse,
  leave: () => void,
): Promise<void> {
  const cookies = readCookies(new Headers({ cookie: req.headers.cookie ?? "" }));
  const session = cookies[sessions.cookieName];
  try {
    const view = await viewInteraction(provider, { uid, cookies });
    // An address to begin with is one client's expectation, of one visitor.
    if (view.prompt !== "login" || view.loginHint || (session && (await sessions.find(session)))) return leave();
    const preferences = readPreferences((name) => cookies[name], req.headers["accept-language"] ?? null);
    const { cookie, ...language } = preferenceHeaders(preferences);
    await pages(req, res, leave, {
      key: JSON.stringify([preferences, view.client]),
      id: uid,
      // An interaction that ended in this moment gets a page without the form's address.
      requiredText: `/interaction/${uid}/login`,
      pathname: `/interaction/${uid}`,
      headers: {
        host: new URL(runtime.ownOrigin).host,
        accept: "text/html",
        ...language,
        cookie: `${cookie}; ${bindingCookie(uid, isSecureOrigin(runtime.ownOrigin))}=1`,
      },
      policy: pagePolicy(),
    });
  } catch (error) {
    if (res.headersSent) throw error;
    // The framework renders a page for each error, and logs ours.
    leave();
  }
}
