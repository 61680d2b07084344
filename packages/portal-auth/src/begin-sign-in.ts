import { createHash } from "node:crypto";
import { randomToken } from "@mgs/core/ids";
import { isSecureOrigin, setCookie } from "@mgs/http/set-cookie";
import { browserCookieName, browserHash, browserValue, sealAttempt } from "./attempts";
import { authOptions, csrfCookieName, type PortalAuthDeps } from "./auth-options";
import { callNextAuth } from "./next-auth-call";
import { takeChecks } from "./next-auth-checks";
import { ATTEMPT_TTL_SECONDS } from "./retention";

export type BeginSignIn = (
  from: Readonly<Record<string, string>>,
  attempt: { returnTo: string; restarts: number },
) => Promise<{ location: string; cookies: string[] } | null>;

/**
 * Makes an attempt: the provider's address that it begins at, and the cookie that it is bound to. Null when NextAuth
 * refuses, which is a wrong configuration.
 */
export function createBeginSignIn(deps: PortalAuthDeps): BeginSignIn {
  const { portal, env, sealer, clock } = deps;
  const secure = isSecureOrigin(env.NEXTAUTH_URL);
  const cookieName = browserCookieName(portal, secure);

  return async (cookies, { returnTo, restarts }) => {
    const csrf = randomToken();
    const hash = createHash("sha256").update(`${csrf}${env.NEXTAUTH_SECRET}`).digest("hex");
    const answer = await callNextAuth(authOptions(deps, { sessionToken: randomToken }), {
      method: "POST",
      action: "signin",
      query: {},
      cookies: { [csrfCookieName(portal)]: `${csrf}|${hash}` },
      body: { csrfToken: csrf },
    });
    if (!answer.location?.startsWith(`${env.OAUTH_SERVER_URL}/`)) return null;
    const checks = await takeChecks(answer.cookies, env.NEXTAUTH_SECRET);
    const browser = browserValue(cookies[cookieName]);
    const target = new URL(answer.location);
    const sealed = sealAttempt(sealer, portal, {
      ...checks,
      id: randomToken(),
      returnTo,
      restarts,
      browser: browserHash(browser),
      startedAt: Math.floor(clock.now().getTime() / 1_000),
    });
    target.searchParams.set("state", sealed);
    return {
      location: target.href,
      // Given again each time, so that the cookie outlives the youngest attempt.
      cookies: [setCookie(cookieName, browser, { maxAgeSeconds: ATTEMPT_TTL_SECONDS, secure })],
    };
  };
}
