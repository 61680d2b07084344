import { createHash } from "node:crypto";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import { SESSION_END_PARAMETER, type SessionEndReason } from "@mgs/core/session-end-reasons";
import { findLifetimes } from "@mgs/identity/session-lifetimes/session-lifetimes.repository";
import { findUser } from "@mgs/identity/users.repository";
import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth, { type AuthOptions } from "next-auth";
import type { OAuthConfig } from "next-auth/providers/oauth";
import { z } from "zod";
import type { PortalAuthDeps } from "./deps";
import { createPortalSession, SignInEndedError, type Tokens } from "./portal-sessions.repository";

const PROVIDER_ID = "mgs";
const PROVIDER_TIMEOUT_MS = 10_000;
/** How much of an error's message is logged: a visitor may have written parts of it. */
const MAX_REASON_CHARACTERS = 200;
/** Cookie of NextAuth's protection against forged forms; no browser sees it. */
const CSRF_COOKIE = "csrf";

/** The ID token's claims that a portal needs; `user_session_id` is the device. */
const idTokenClaims = z.object({ sub: z.string(), name: z.string(), email: z.string(), user_session_id: z.uuid() });
type IdTokenClaims = z.output<typeof idTokenClaims>;

/** Why NextAuth did not finish a sign-in, as far as the visitor's next step depends on it. */
export type SignInProblem = "invalid_grant" | "OAuthCallback" | "SESSION_ENDED" | "UNAVAILABLE";

/**
 * Has NextAuth build the authentication request (OpenID Connect Core section 3.1.2.1).
 * @returns the provider's address with its query; null when NextAuth refuses, which is a wrong configuration
 */
export async function buildAuthorizationUrl(
  deps: PortalAuthDeps,
  request: { state: string; codeChallenge: string; nonce: string; ended?: SessionEndReason },
): Promise<string | null> {
  const { env } = deps;
  // NextAuth expects a form's token and a cookie that signs it. This call comes from no form, so any token does.
  const csrfToken = PROVIDER_ID;
  const csrfHash = createHash("sha256").update(`${csrfToken}${env.NEXTAUTH_SECRET}`).digest("hex");
  const options = nextAuthOptions(deps, { profile: ({ sub }) => ({ id: sub }) });
  const location = await callNextAuth(options, "signin", {
    method: "POST",
    query: {
      state: request.state,
      nonce: request.nonce,
      code_challenge: request.codeChallenge,
      code_challenge_method: "S256",
      ...(request.ended === undefined ? {} : { [SESSION_END_PARAMETER]: request.ended }),
    },
    cookies: { [CSRF_COOKIE]: `${csrfToken}|${csrfHash}` },
    body: { csrfToken },
  });
  return location?.startsWith(`${env.OAUTH_SERVER_URL}/`) ? location : null;
}

/**
 * Has NextAuth exchange a code for tokens, check the ID token, and make the portal session.
 * @param callback.query of the redirect: `code`, and what else its answer is checked by (`iss`)
 * @param callback.sessionToken of the session to be made
 * @returns null when the session is made
 */
export async function signInWithCode(
  deps: PortalAuthDeps,
  callback: { query: Record<string, string>; codeVerifier: string; nonce: string; sessionToken: string },
): Promise<SignInProblem | null> {
  const { lifetimes } = await findLifetimes(deps.database);
  let problem: SignInProblem | null = "OAuthCallback";
  let granted: { userSessionId: string; tokens: Tokens } | undefined;

  /** Keeps the reason of a failure: NextAuth logs it and answers with a redirect alone. */
  async function named<T>(name: (error: unknown) => SignInProblem, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      problem = name(error);
      throw error;
    }
  }

  const options: AuthOptions = {
    ...nextAuthOptions(deps, {
      token: {
        url: `${deps.env.OAUTH_SERVER_URL}/oauth/token`,
        // `state` was checked with the attempt: NextAuth's own checks would need a cookie for each attempt.
        request: ({ client, provider, params }) =>
          named(tokenProblem, async () => ({
            tokens: await client.callback(provider.callbackUrl, params, {
              code_verifier: callback.codeVerifier,
              nonce: callback.nonce,
            }),
          })),
      },
      profile(raw, tokens) {
        const { sub, name, email, user_session_id } = idTokenClaims.parse(raw);
        if (!tokens.access_token) throw new Error("the provider gave no access token");
        granted = {
          userSessionId: user_session_id,
          tokens: {
            accessToken: tokens.access_token,
            refreshToken: tokens.refresh_token ?? null,
            accessExpiresAt: tokens.expires_at ? new Date(tokens.expires_at * 1_000) : deps.clock.now(),
          },
        };
        return { id: sub, name, email };
      },
    }),
    session: {
      strategy: "database",
      maxAge: lifetimes.portal_session,
      generateSessionToken: () => callback.sessionToken,
    },
    adapter: {
      // People are made by administrators alone, so NextAuth never gets to `createUser`.
      getUserByAccount: ({ providerAccountId: id }) =>
        named(storageProblem, async () => {
          const user = await findUser(deps.database, Number(id));
          if (!user || user.disabledAt) throw new SignInEndedError("the person is disabled, or gone");
          return { id, email: user.email, name: user.name, emailVerified: null };
        }),
      // Tokens go to the session's row: one person has several devices, and NextAuth's Account would mix their tokens.
      createSession: ({ sessionToken, userId, expires }) =>
        named(storageProblem, async () => {
          if (!granted) throw new Error("a session is made from a provider's answer alone");
          const { portal } = deps;
          const session = { ...granted, token: sessionToken, portal, userId: Number(userId), expiresAt: expires };
          await createPortalSession(deps, session);
          problem = null;
          return { sessionToken, userId, expires };
        }),
    },
  };
  await callNextAuth(options, "callback", { method: "GET", query: callback.query });
  return problem;
}

function tokenProblem(error: unknown): SignInProblem {
  return error instanceof Error && error.message.startsWith("invalid_grant") ? "invalid_grant" : "OAuthCallback";
}

function storageProblem(error: unknown): SignInProblem {
  return error instanceof SignInEndedError ? "SESSION_ENDED" : "UNAVAILABLE";
}

type Endpoints = Pick<OAuthConfig<IdTokenClaims>, "profile" | "token">;

function nextAuthOptions({ env, logger }: PortalAuthDeps, endpoints: Endpoints): AuthOptions {
  const issuer = env.OAUTH_SERVER_URL;
  const provider: OAuthConfig<IdTokenClaims> = {
    id: PROVIDER_ID,
    name: "MGS",
    type: "oauth",
    issuer,
    clientId: env.OAUTH_CLIENT_ID,
    clientSecret: env.OAUTH_CLIENT_SECRET,
    // The addresses are part of the contract (no discovery): one request less on each sign-in.
    authorization: { url: `${issuer}/oauth/authorize`, params: { scope: PORTAL_SCOPES.join(" ") } },
    jwks_endpoint: `${issuer}/oauth/jwks`,
    idToken: true,
    checks: ["none"],
    httpOptions: { timeout: PROVIDER_TIMEOUT_MS },
    ...endpoints,
  };
  const log = (level: "warn" | "error") => (code: string, metadata?: unknown) => {
    // NextAuth's metadata holds answers of the provider: its error's message is all that may be logged.
    const error = metadata instanceof Error ? metadata : nestedError(metadata);
    logger[level]({ nextauth: code, reason: error?.message.slice(0, MAX_REASON_CHARACTERS) }, "NextAuth");
  };
  return {
    providers: [provider],
    secret: env.NEXTAUTH_SECRET,
    cookies: { csrfToken: { name: CSRF_COOKIE, options: {} } },
    logger: { error: log("error"), warn: log("warn"), debug: () => undefined },
  };
}

function nestedError(metadata: unknown): Error | undefined {
  if (typeof metadata !== "object" || metadata === null || !("error" in metadata)) return undefined;
  return metadata.error instanceof Error ? metadata.error : undefined;
}

type NextAuthRequest = {
  method: "GET" | "POST";
  query: Record<string, string>;
  cookies?: Record<string, string>;
  body?: Record<string, string>;
};

/**
 * Calls NextAuth's Node handler (decision 5): its App Router handler reads request and cookies from the framework. The
 * handler touches nothing but what stands here, and of its answer only the redirect is needed.
 */
async function callNextAuth(
  options: AuthOptions,
  action: "signin" | "callback",
  { query, ...request }: NextAuthRequest,
): Promise<string | null> {
  const answer: { location: string | null } = { location: null };
  const res = {
    status: () => res,
    getHeader: () => undefined,
    setHeader(name: string, value: unknown) {
      if (name === "Location") answer.location = String(value);
      return res;
    },
    end: () => undefined,
    send: () => undefined,
  };
  const req = { ...request, query: { ...query, nextauth: [action, PROVIDER_ID] } };
  await NextAuth(req as unknown as NextApiRequest, res as unknown as NextApiResponse, options);
  return answer.location;
}
