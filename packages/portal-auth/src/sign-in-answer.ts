import { signInErrorPath } from "@mgs/http/return-to";
import type { SessionSource } from "@mgs/identity/portal-session";
import type { PortalAuthDeps } from "./deps";

/** A request on the way through a sign-in: its cookies, and the path where it is to end. */
export type SignInVisit = { cookies: Readonly<Record<string, string>>; returnTo: string };

/** How a sign-in that failed is answered. */
export type SignInFailure = {
  /** Redirects to words about the error, or to the page that was asked for when the visitor is signed in all the same. */
  fail(visit: SignInVisit, code: string): Promise<Response>;
  /** Answers with `fail` when `answer` throws: these addresses are a browser's, so every visitor gets a page. */
  orFail(visit: SignInVisit, answer: () => Promise<Response>): Promise<Response>;
};

export function createSignInFailure({ env, logger }: PortalAuthDeps, sessions: SessionSource): SignInFailure {
  async function fail({ cookies, returnTo }: SignInVisit, code: string): Promise<Response> {
    const session = await sessions.find(cookies[sessions.cookieName]).catch(() => null);
    return redirect(`${env.NEXTAUTH_URL}${session ? returnTo : signInErrorPath(code, returnTo)}`);
  }
  return {
    fail,
    async orFail(visit, answer) {
      try {
        return await answer();
      } catch (error) {
        logger.error({ err: error }, "sign-in failed");
        return fail(visit, "UNAVAILABLE");
      }
    },
  };
}

/** A redirect that no cache keeps. @param cookies `Set-Cookie` lines */
export function redirect(location: string, cookies: readonly string[] = []): Response {
  const headers = new Headers({ location, "cache-control": "no-store" });
  for (const cookie of cookies) headers.append("set-cookie", cookie);
  return new Response(null, { status: 303, headers });
}
