import { createHmac } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { Attempt } from "./attempts";
import { authOptions, NEXTAUTH_SESSION_COOKIE, type PortalAuthDeps, type SignInProblem } from "./auth-options";
import type { CodeClaims } from "./code-claims";
import { callNextAuth } from "./next-auth-call";
import { checkCookies } from "./next-auth-checks";
import { findLivePortalSession } from "./portal-sessions.repository";
import { CODE_TTL_MS } from "./retention";

export type ExchangeDeps = PortalAuthDeps & { codeClaims: CodeClaims };

export type Exchange = { token: string; expiresAt: Date } | { problem: SignInProblem };

/** What the provider's redirect brought, as far as a code can be exchanged with it. */
const PARAMETERS = ["code", "iss", "session_state"];

/**
 * Milliseconds that a process waits for the session that another one is making of the same code: as long as that one's two
 * calls to a slow provider may take (`httpOptions.timeout`), the code's and the keys'.
 */
const OTHER_PROCESS_TIMEOUT_MS = 20_000;
const POLL_MS = 50;

/**
 * Makes the session of an attempt out of the provider's code, once: the same callback asked again, at the same moment or
 * after its answer was lost, gets the same session. A code shown twice would end all that it brought (RFC 6749 section
 * 4.1.2), so the session's token follows from attempt and code, and a second request finds it. The same attempt with
 * another code is another sign-in: the provider's pages begin again with the `state` that they know.
 */
export function createExchangeCode(deps: ExchangeDeps) {
  const { portal, env, database, codeClaims } = deps;
  const running = new Map<string, Promise<Exchange>>();
  /** Tokens that stand for the codes that this process has shown. */
  const spent = new Set<string>();

  async function findMade(token: string): Promise<Exchange | null> {
    const session = await findLivePortalSession(database, portal, token);
    return session && { token, expiresAt: session.expiresAt };
  }

  async function waitForMade(token: string): Promise<Exchange | null> {
    const until = performance.now() + OTHER_PROCESS_TIMEOUT_MS;
    for (;;) {
      const made = await findMade(token);
      if (made || performance.now() > until) return made;
      await delay(POLL_MS);
    }
  }

  const tokenOf = (attempt: Attempt, query: URLSearchParams): string =>
    createHmac("sha256", env.NEXTAUTH_SECRET)
      .update(JSON.stringify(["portal-session", portal, attempt.id, query.get("code")]))
      .digest("base64url");

  async function exchange(token: string, attempt: Attempt, query: URLSearchParams): Promise<Exchange> {
    const made = await findMade(token);
    if (made) return made;
    // Its session was made and is over, or could not be made.
    if (spent.has(token)) return { problem: "invalid_grant" };
    spent.add(token);
    setTimeout(() => spent.delete(token), CODE_TTL_MS).unref();
    if (!(await codeClaims.claim(token))) return (await waitForMade(token)) ?? { problem: "invalid_grant" };
    const problems: SignInProblem[] = [];
    const options = authOptions(deps, {
      sessionToken: () => token,
      onProblem: (found) => problems.push(found),
    });
    const given = PARAMETERS.flatMap((name) => {
      const value = query.get(name);
      return value === null ? [] : [[name, value]];
    });
    const answer = await callNextAuth(options, {
      method: "GET",
      action: "callback",
      query: { ...Object.fromEntries(given), state: attempt.state },
      cookies: await checkCookies(attempt, env.NEXTAUTH_SECRET),
    });
    const signedIn = answer.cookies.some((cookie) => cookie.startsWith(`${NEXTAUTH_SESSION_COOKIE}=`));
    // What NextAuth logs later follows from what it logged first.
    const problem = problems.find((found) => found !== "OAuthCallback") ?? "OAuthCallback";
    // Another process may have been faster with the same callback, where Redis could not tell.
    return (signedIn || problem === "invalid_grant" ? await findMade(token) : null) ?? { problem };
  }

  /** @throws whatever the database throws */
  return (attempt: Attempt, query: URLSearchParams): Promise<Exchange> => {
    const token = tokenOf(attempt, query);
    const known = running.get(token);
    if (known) return known;
    const fresh = exchange(token, attempt, query).finally(() => running.delete(token));
    running.set(token, fresh);
    return fresh;
  };
}
