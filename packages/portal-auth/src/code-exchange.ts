import { createHmac } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { PortalAuthDeps } from "./deps";
import { CODE_TTL_MS } from "./lifetimes";
import { type SignInProblem, signInWithCode } from "./next-auth";
import { findLivePortalSession } from "./portal-sessions.repository";
import { type Attempt, nonceOf } from "./sign-in-attempt";

export type CodeExchange = { token: string; expiresAt: Date; remembered: boolean } | { problem: SignInProblem };

/** Parameters of the provider's redirect that an answer is checked by (RFC 6749 section 4.1.2, RFC 9207). */
const PARAMETERS = ["code", "iss", "session_state"];

/**
 * How long a process waits for the session that another one makes of the same code: as long as that one's two calls to a
 * slow provider may take (`PROVIDER_TIMEOUT_MS`), the code's and the keys'.
 */
const OTHER_PROCESS_TIMEOUT_MS = 20_000;
const POLL_MS = 50;

/**
 * Makes the session of an attempt out of the provider's code, once: the same callback asked again, at the same moment or
 * after its answer was lost, gets the same session. A code shown twice would end all that it brought (RFC 6749 section
 * 4.1.2), so the session's token follows from attempt and code, and a second request finds it. The same attempt with
 * another code is another sign-in: the provider's pages begin again with the `state` that they know.
 */
export function createCodeExchange(deps: PortalAuthDeps) {
  const { portal, env, database, singleUse } = deps;
  const running = new Map<string, Promise<CodeExchange>>();
  /** Session tokens of the codes that this process has shown to the provider. */
  const spent = new Set<string>();

  async function findMade(token: string): Promise<CodeExchange | null> {
    const session = await findLivePortalSession(database, portal, token);
    return session && { token, expiresAt: session.expiresAt, remembered: session.remembered };
  }

  async function waitForMade(token: string): Promise<CodeExchange | null> {
    const until = performance.now() + OTHER_PROCESS_TIMEOUT_MS;
    for (;;) {
      const made = await findMade(token);
      if (made || performance.now() > until) return made;
      await delay(POLL_MS);
    }
  }

  const sessionTokenOf = (attempt: Attempt, query: URLSearchParams): string =>
    createHmac("sha256", env.NEXTAUTH_SECRET)
      .update(JSON.stringify(["portal-session", portal, attempt.id, query.get("code")]))
      .digest("base64url");

  async function exchange(token: string, attempt: Attempt, query: URLSearchParams): Promise<CodeExchange> {
    const made = await findMade(token);
    if (made) return made;
    // The code is used up: its session was made and has ended, or could not be made.
    if (spent.has(token)) return { problem: "invalid_grant" };
    spent.add(token);
    setTimeout(() => spent.delete(token), CODE_TTL_MS).unref();
    if (!(await singleUse.use("code", token, CODE_TTL_MS)))
      return (await waitForMade(token)) ?? { problem: "invalid_grant" };
    const parameters = [...query].filter(([name]) => PARAMETERS.includes(name));
    const problem = await signInWithCode(deps, {
      query: Object.fromEntries(parameters),
      codeVerifier: attempt.codeVerifier,
      nonce: nonceOf(attempt),
      sessionToken: token,
    });
    // Another process may have been faster with the same callback, where Redis could not tell.
    const found = problem === null || problem === "invalid_grant" ? await findMade(token) : null;
    return found ?? { problem: problem ?? "OAuthCallback" };
  }

  /** @throws Error when the database is away */
  return (attempt: Attempt, query: URLSearchParams): Promise<CodeExchange> => {
    const token = sessionTokenOf(attempt, query);
    const known = running.get(token);
    if (known) return known;
    const fresh = exchange(token, attempt, query).finally(() => running.delete(token));
    running.set(token, fresh);
    return fresh;
  };
}
