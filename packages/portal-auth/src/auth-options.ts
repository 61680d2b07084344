import type { Clock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import type { Logger } from "@mgs/core/logger";
import type { Portal } from "@mgs/core/portals";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import type { Database } from "@mgs/db/client";
import { hostCookieName } from "@mgs/http/set-cookie";
import type { AuthOptions } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import type { PortalEnv } from "./env";
import { createNextAuthAdapter, type SignInResult } from "./next-auth.adapter";
import { SignInEndedError } from "./portal-sessions.repository";
import { ATTEMPT_TTL_SECONDS, PORTAL_SESSION_TTL_SECONDS } from "./retention";

export const sessionCookieName = (portal: Portal, secure: boolean): string =>
  hostCookieName(`mgs.${portal}.session`, secure);
export const csrfCookieName = (portal: Portal): string => `mgs.${portal}.csrf`;

export type PortalAuthDeps = {
  portal: Portal;
  env: PortalEnv;
  database: Database;
  sealer: Sealer;
  clock: Clock;
  logger: Logger;
};

/** The ID token's claims that a portal needs; `user_session_id` is the device. */
const idTokenClaims = z.object({ sub: z.string(), name: z.string(), email: z.string(), user_session_id: z.uuid() });
type Claims = z.output<typeof idTokenClaims>;

function mgsProvider(deps: PortalAuthDeps, keep: (result: SignInResult) => void): OAuthConfig<Claims> {
  const { env, clock } = deps;
  const issuer = env.OAUTH_SERVER_URL;
  return {
    id: "mgs",
    name: "MGS",
    type: "oauth",
    issuer,
    clientId: env.OAUTH_CLIENT_ID,
    clientSecret: env.OAUTH_CLIENT_SECRET,
    // The addresses are the contract (no discovery): one request less on each sign-in.
    authorization: { url: `${issuer}/oauth/authorize`, params: { scope: PORTAL_SCOPES.join(" ") } },
    token: `${issuer}/oauth/token`,
    userinfo: `${issuer}/oauth/userinfo`,
    jwks_endpoint: `${issuer}/oauth/jwks`,
    idToken: true,
    checks: ["pkce", "state"],
    httpOptions: { timeout: 10_000 },
    profile(raw, tokens) {
      const claims = idTokenClaims.parse(raw);
      if (!tokens.access_token) throw new Error("the provider gave no access token");
      keep({
        userSessionId: claims.user_session_id,
        tokens: {
          accessToken: tokens.access_token,
          refreshToken: tokens.refresh_token ?? null,
          accessExpiresAt: tokens.expires_at ? new Date(tokens.expires_at * 1_000) : clock.now(),
        },
      });
      return { id: claims.sub, name: claims.name, email: claims.email };
    },
  };
}

/** Why NextAuth did not finish a sign-in, as far as its visitor's next step depends on it. */
export type SignInProblem = "invalid_grant" | "OAuthCallback" | "SESSION_ENDED" | "UNAVAILABLE";

/** Cookie in which NextAuth answers with a session. It never reaches a browser: the portal sets its own. */
export const NEXTAUTH_SESSION_COOKIE = "t";

/**
 * Cookies by which NextAuth keeps an attempt. They never reach a browser: they are taken out of its answer, and put into
 * the request that it sees.
 */
export const CHECK_COOKIES = { state: "s", pkceCodeVerifier: "p", callbackUrl: "c" } as const;

type CallSettings = {
  /** The session's token, should this call make one. */
  sessionToken: () => string;
  /** Told of each failure that NextAuth logs. */
  onProblem?: (problem: SignInProblem) => void;
};

/** Characters of a reason that are logged: some of them are a visitor's to write. */
const MAX_REASON_LENGTH = 200;

/** NextAuth's options for one call. */
export function authOptions(deps: PortalAuthDeps, { sessionToken, onProblem }: CallSettings): AuthOptions {
  const { env, portal, logger } = deps;
  let result: SignInResult | null = null;
  const log = (level: "warn" | "error") => (code: string, metadata?: unknown) => {
    // NextAuth's metadata holds answers of the provider: its error's name is all that may be logged.
    const error = metadata instanceof Error ? metadata : nestedError(metadata);
    logger[level]({ nextauth: code, reason: error?.message.slice(0, MAX_REASON_LENGTH) }, "NextAuth");
    if (level === "error") onProblem?.(problemOf(code, error));
  };
  const cookie = (name: string) => ({ name, options: { maxAge: ATTEMPT_TTL_SECONDS } });
  return {
    providers: [
      mgsProvider(deps, (kept) => {
        result = kept;
      }),
    ],
    adapter: createNextAuthAdapter(deps, () => result),
    secret: env.NEXTAUTH_SECRET,
    session: { strategy: "database", maxAge: PORTAL_SESSION_TTL_SECONDS, generateSessionToken: sessionToken },
    cookies: {
      state: cookie(CHECK_COOKIES.state),
      pkceCodeVerifier: cookie(CHECK_COOKIES.pkceCodeVerifier),
      callbackUrl: cookie(CHECK_COOKIES.callbackUrl),
      csrfToken: cookie(csrfCookieName(portal)),
      sessionToken: cookie(NEXTAUTH_SESSION_COOKIE),
    },
    logger: { error: log("error"), warn: log("warn"), debug: () => undefined },
  };
}

/** `code` names the step that failed; NextAuth's own errors keep no more than the message of what they hold. */
function problemOf(code: string, error: Error | undefined): SignInProblem {
  if (error instanceof SignInEndedError) return "SESSION_ENDED";
  if (code.startsWith("adapter_error")) return "UNAVAILABLE";
  return error?.message.startsWith("invalid_grant") ? "invalid_grant" : "OAuthCallback";
}

function nestedError(metadata: unknown): Error | undefined {
  if (typeof metadata !== "object" || metadata === null || !("error" in metadata)) return undefined;
  return metadata.error instanceof Error ? metadata.error : undefined;
}
