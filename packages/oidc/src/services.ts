import { clearCookie, isSecureOrigin } from "@mgs/http/set-cookie";
import { type AccountMailLimiter, createAccountMailLimiter } from "@mgs/identity/account-links/account-mail-limiter";
import type { signInEnv } from "@mgs/identity/env";
import type { SessionSource } from "@mgs/identity/portal-session";
import { type CodeLimiter, createCodeLimiter } from "@mgs/identity/second-factor/code-limiter";
import { createSignInLimiter, type SignInLimiter } from "@mgs/identity/sign-in-limiter";
import { createRedis, waitUntilReady } from "@mgs/jobs/redis";
import type { PortalDeps } from "@mgs/module/portal-deps";
import type Provider from "oidc-provider";
import type { z } from "zod";
import type { providerEnv } from "./env";
import { followSettings } from "./follow-settings";
import { createSsoSessions } from "./sign-in/sso-sessions";

/** What administration's process makes once for its provider. */
export type ProviderServices = {
  /** The provider with the signing keys and lifetimes of the database: ask for it in each request, since both change. */
  provider(): Promise<Provider>;
  /** Origin of the provider. */
  issuer: string;
  signInLimiter: SignInLimiter;
  mailLimiter: AccountMailLimiter;
  /** Counts wrong codes of second factors, apart from wrong passwords. */
  codeLimiter: CodeLimiter;
  /** Who is signed in at the provider, and so in administration. */
  sessions: SessionSource;
  /** `Set-Cookie` headers that remove the sign-in from the browser. */
  clearCookies: readonly string[];
  /** Opens the connections ahead of the first request; it never throws. */
  connect(): Promise<void>;
};

type Env = z.output<typeof providerEnv> & z.output<typeof signInEnv>;

/** Makes the services; nothing is opened before it is used. */
export function createProviderServices(deps: PortalDeps, env: Env): ProviderServices {
  const redis = createRedis(deps.redisUrl, "mgs-sign-in");
  const sessions = createSsoSessions(deps);
  const provider = followSettings(deps, async (lifetimes) => {
    // The worker and the command line have this module too, and never make a provider: they need not load the library.
    const { createProvider } = await import("./provider");
    const { createClientUseRecorder } = await import("@mgs/identity/clients/client-use-recorder");
    const clientUses = createClientUseRecorder(deps);
    return createProvider(
      { ...deps, clientUses },
      { issuer: env.OAUTH_SERVER_URL, cookieSecrets: env.OIDC_COOKIE_SECRET.split(","), lifetimes },
    );
  });
  return {
    provider,
    issuer: env.OAUTH_SERVER_URL,
    signInLimiter: createSignInLimiter(redis, {
      pair: env.SIGN_IN_ATTEMPTS,
      address: env.SIGN_IN_ATTEMPTS_PER_ADDRESS,
      account: env.SIGN_IN_ATTEMPTS_PER_ACCOUNT,
      windowSeconds: env.SIGN_IN_WINDOW,
    }),
    mailLimiter: createAccountMailLimiter(redis),
    codeLimiter: createCodeLimiter(redis),
    sessions,
    clearCookies: [clearCookie(sessions.cookieName, { secure: isSecureOrigin(deps.ownOrigin) })],
    async connect() {
      const made = provider().catch((error: unknown) => {
        deps.logger.error({ err: error }, "the provider could not be made; the next request tries again");
      });
      await Promise.all([made, waitUntilReady(redis).catch(() => undefined)]);
    },
  };
}
