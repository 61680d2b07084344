import type { Sealer } from "@mgs/core/crypto";
import { LOCALES } from "@mgs/core/locale";
import type { Logger } from "@mgs/core/logger";
import { SCOPES } from "@mgs/core/scopes";
import type { Database } from "@mgs/db/client";
import { SECURITY_HEADERS, STRICT_TRANSPORT_SECURITY } from "@mgs/http/security-headers";
import { clientSecretMatches } from "@mgs/identity/clients/client-secret";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import Provider, { type Configuration, errors, type KoaContextWithOIDC } from "oidc-provider";
import { CLAIMS, createFindAccount } from "./account";
import { INTERACTION_COOKIES, ssoCookieName } from "./cookies";
import { frontChannelMiddleware } from "./front-channel";
import { createGrantLoader } from "./grants";
import { turnMiddleware } from "./in-turn";
import { restartOf } from "./interaction";
import { type BoundInteraction, useBoundInteractions, useDerivedSessions } from "./interaction-model";
import { loadSigningKeys } from "./keys.repository";
import { logoutErrorPage, logoutMiddleware, logoutPage, signedOutPage, useQueuedLogout } from "./logout";
import { refreshRaceMiddleware } from "./refresh-race";
import { registeredScopeMiddleware } from "./registered-scope";
import { resumeMiddleware } from "./resume";
import { TTL_SECONDS } from "./retention";
import { createAdapterFactory } from "./store.adapter";
import { currentTurn } from "./turn";

export type ProviderDeps = { database: Database; sealer: Sealer; enqueuer: Enqueuer; logger: Logger };

export type ProviderSettings = {
  /** Public origin of administration. */
  issuer: string;
  /** First signs, all verify. */
  cookieSecrets: string[];
};

/** Takes the library's guard against internal addresses off its own requests. */
const ANY_ADDRESS = { dispatcher: undefined };

/** The OpenID Connect provider: code flow with PKCE, opaque tokens, rotation, revocation, introspection, logout. */
export async function createProvider(deps: ProviderDeps, settings: ProviderSettings): Promise<Provider> {
  const { database, sealer, logger } = deps;
  const secure = settings.issuer.startsWith("https:");
  const configuration: Configuration = {
    adapter: createAdapterFactory(deps),
    jwks: { keys: await loadSigningKeys(database, sealer) },
    findAccount: createFindAccount(database),
    claims: CLAIMS,
    scopes: [...SCOPES],
    // Portals read name, role and the session's id from the ID token: one request less on each sign-in.
    conformIdTokenClaims: false,
    clientDefaults: { id_token_signed_response_alg: "RS256" },
    extraClientMetadata: { properties: ["first_party"] },
    clientAuthMethods: ["client_secret_basic", "client_secret_post"],
    responseTypes: ["code", "none"],
    pkce: { required: () => true },
    rotateRefreshToken: true,
    // Per client, not by offline_access: refresh tokens end with the session.
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    expiresWithSession: async () => true,
    loadExistingGrant: createGrantLoader(database),
    // OpenID Connect Core 3.1.2.1: required, also of a client that has registered only one.
    allowOmittingSingleRegisteredRedirectUri: false,
    discovery: { ui_locales_supported: [...LOCALES] },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    cookies: {
      keys: settings.cookieSecrets,
      names: { session: ssoCookieName(secure), ...INTERACTION_COOKIES },
      long: { signed: true, httpOnly: true, sameSite: "lax", secure, path: "/" },
      short: { signed: true, httpOnly: true, sameSite: "lax", secure },
    },
    routes: {
      authorization: "/oauth/authorize",
      token: "/oauth/token",
      userinfo: "/oauth/userinfo",
      jwks: "/oauth/jwks",
      revocation: "/oauth/revoke",
      introspection: "/oauth/introspect",
      end_session: "/oauth/logout",
    },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) => client.clientId === token.clientId,
      },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => client.clientId === token.clientId },
      backchannelLogout: { enabled: true },
      // Nothing of ours pushes its requests; discovery would name an address that is not there.
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: logoutPage, postLogoutSuccessSource: signedOutPage },
    },
    ttl: TTL_SECONDS,
    // Clients are registered by administrators and may well live on internal addresses.
    fetch: (url, options) => fetch(url, { ...options, ...ANY_ADDRESS }),
    renderError,
  };
  const provider = new Provider(settings.issuer, configuration);
  // The request's own host is never believed: `mount.ts` presents the issuer's.
  provider.proxy = true;
  useHashedSecrets(provider, deps);
  useRegisteredScopes(provider);
  useBoundInteractions(provider, { secure, ttlSeconds: TTL_SECONDS.Interaction });
  useDerivedSessions(provider);
  useQueuedLogout(provider);
  provider.use(answerSecurity(secure));
  provider.use(frontChannelMiddleware(renderError));
  provider.use(turnMiddleware(deps, answerFailure));
  provider.use(resumeMiddleware(provider, { secure }));
  provider.use(registeredScopeMiddleware(provider));
  provider.use(refreshRaceMiddleware(deps));
  provider.use(logoutMiddleware(deps));
  provider.on("server_error", (_ctx, error) => {
    const turn = currentTurn();
    if (turn) turn.failed = true;
    if (error.name !== "RefreshRaceLost") logger.error({ err: error }, "OpenID Connect request failed");
  });
  return provider;
}

/** Secrets are stored as hashes; the library compares plain texts. */
function useHashedSecrets(provider: Provider, { database }: ProviderDeps): void {
  provider.Client.prototype.compareClientSecret = function compareClientSecret(actual: string): Promise<boolean> {
    return clientSecretMatches({ database }, { id: this.clientId, secretHash: this.clientSecret ?? "" }, actual);
  };
}

/** A program that asks for no scope gets those it is registered with (RFC 6749 section 3.3: a pre-defined default). */
function useRegisteredScopes(provider: Provider): void {
  const { save } = provider.ClientCredentials.prototype;
  provider.ClientCredentials.prototype.save = function saveWithScope(...args) {
    this.scope ||= this.client?.scope;
    return save.apply(this, args);
  };
}

/** Headers of every answer, whichever way it is mounted. */
function answerSecurity(secure: boolean) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    ctx.set(SECURITY_HEADERS);
    ctx.set(
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; frame-ancestors 'none'; base-uri 'none'",
    );
    ctx.set("Referrer-Policy", "no-referrer");
    if (secure) ctx.set("Strict-Transport-Security", STRICT_TRANSPORT_SECURITY);
    await next();
  };
}

/**
 * A person who lands on a broken authorization request gets a page of ours, with the error's own two words. Where only
 * this browser's session is another one by now, the client's request is made anew.
 */
const renderError: NonNullable<Configuration["renderError"]> = async (ctx, out, error) => {
  ctx.state.refused = true;
  const interaction = ctx.oidc?.entities.Interaction as BoundInteraction | undefined;
  if (interaction && error instanceof errors.SessionNotFound) {
    ctx.status = 303;
    return ctx.redirect(restartOf(interaction));
  }
  const query = new URLSearchParams({
    error: out.error,
    ...(out.error_description ? { detail: out.error_description } : {}),
    ...(ctx.oidc?.client ? { client: ctx.oidc.client.clientId } : {}),
  });
  ctx.status = 303;
  ctx.redirect(logoutErrorPage(ctx, out.error) ?? `/login/erreur?${query}`);
};

/** As the library answers an error of ours: a program in JSON, a person with a page. */
async function answerFailure(ctx: KoaContextWithOIDC, thrown: unknown): Promise<void> {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const out = { error: "server_error", error_description: "oops! something went wrong" };
  ctx.remove("Location");
  ctx.status = 500;
  if (ctx.accepts("json", "html") === "html") await renderError(ctx, out, error);
  else ctx.body = out;
  ctx.oidc.provider.emit("server_error", ctx, error);
}
