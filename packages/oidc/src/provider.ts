import type { Sealer } from "@mgs/core/crypto";
import { LOCALES } from "@mgs/core/locale";
import type { Logger } from "@mgs/core/logger";
import { SCOPES } from "@mgs/core/scopes";
import { SESSION_END_PARAMETER } from "@mgs/core/session-end-reasons";
import type { Database } from "@mgs/db/client";
import { clientSecretMatches } from "@mgs/identity/clients/client-secret";
import type { ClientUseRecorder } from "@mgs/identity/clients/client-use-recorder";
import { assertConsistent, type SessionLifetimes } from "@mgs/identity/session-lifetimes/session-lifetimes";
import type { Enqueuer } from "@mgs/jobs/enqueuer";
import type { IdentityHooks } from "@mgs/module/identity-hooks";
import Provider, { type Configuration } from "oidc-provider";
import { CLAIMS, createFindAccount } from "./account";
import { INTERACTION_COOKIES, ssoCookieName } from "./cookies";
import { PROVIDER_PATHS } from "./endpoints";
import { createGrantLoader } from "./grants";
import { useBoundInteractions, useDerivedSessions } from "./interaction-model";
import { loadSigningKeys } from "./keys.repository";
import { INTERACTION_TTL_SECONDS, ttlOf } from "./lifetimes";
import { interactionPath } from "./links";
import { logoutPage, signedOutPage, useQueuedLogout } from "./logout";
import { useNotedSessions } from "./noted-sessions";
import { createPipeline } from "./pipeline";
import { useRecordedUse } from "./recorded-use";
import { renderError } from "./render-error";
import { RefreshRaceLost } from "./steps/refresh-race";
import { createAdapterFactory } from "./store.adapter";
import { currentUnitOfWork } from "./unit-of-work";

export type ProviderDeps = {
  database: Database;
  sealer: Sealer;
  enqueuer: Enqueuer;
  logger: Logger;
  /** Those of every package, for a logout that begins at the provider. */
  identityHooks: readonly IdentityHooks[];
  /** Counts the use of clients, behind the back of the requests. */
  clientUses: ClientUseRecorder;
};

export type ProviderSettings = {
  /** Public origin of administration. */
  issuer: string;
  /** The first signs, and all verify. */
  cookieSecrets: string[];
  /** How long tokens and sign-ins last. */
  lifetimes: SessionLifetimes;
};

/** Options of `fetch` without the library's guard against internal addresses. */
const ANY_ADDRESS = { dispatcher: undefined };

/**
 * The OpenID Connect provider: code flow with PKCE, opaque tokens, rotation, revocation, introspection, logout.
 * @throws Error when there is no signing key, or the lifetimes contradict each other
 */
export async function createProvider(deps: ProviderDeps, settings: ProviderSettings): Promise<Provider> {
  assertConsistent(settings.lifetimes);
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
    extraClientMetadata: { properties: ["first_party", "pkce_exempt", "previous_secret_hash"] },
    clientAuthMethods: ["client_secret_basic", "client_secret_post"],
    responseTypes: ["code", "none"],
    // An exemption is a confidential client's alone (decision 64): without a secret, PKCE is all that ties a code to its client.
    pkce: { required: (_ctx, client) => client.clientAuthMethod === "none" || client.pkce_exempt !== true },
    rotateRefreshToken: true,
    // Per client, not by offline_access: refresh tokens end with the session.
    extraParams: [SESSION_END_PARAMETER],
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed("refresh_token"),
    expiresWithSession: async () => true,
    loadExistingGrant: createGrantLoader(database),
    // OpenID Connect Core 3.1.2.1: required, also of a client that has registered only one.
    allowOmittingSingleRegisteredRedirectUri: false,
    discovery: { ui_locales_supported: [...LOCALES] },
    interactions: { url: (_ctx, interaction) => interactionPath(interaction.uid) },
    cookies: {
      keys: settings.cookieSecrets,
      names: { session: ssoCookieName(secure), ...INTERACTION_COOKIES },
      long: { signed: true, httpOnly: true, sameSite: "lax", secure, path: "/" },
      short: { signed: true, httpOnly: true, sameSite: "lax", secure },
    },
    routes: PROVIDER_PATHS,
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: {
        enabled: true,
        allowedPolicy: async (_ctx, client, token) => client.clientId === token.clientId,
      },
      revocation: { enabled: true, allowedPolicy: async (_ctx, client, token) => client.clientId === token.clientId },
      backchannelLogout: { enabled: true },
      // No client pushes its requests, and there is no route for them that discovery could name.
      pushedAuthorizationRequests: { enabled: false },
      dPoP: { enabled: false },
      rpInitiatedLogout: { enabled: true, logoutSource: logoutPage, postLogoutSuccessSource: signedOutPage },
    },
    ttl: ttlOf(settings.lifetimes),
    // Clients are registered by administrators and may well live on internal addresses.
    fetch: (url, options) => fetch(url, { ...options, ...ANY_ADDRESS }),
    renderError,
  };
  const provider = new Provider(settings.issuer, configuration);
  // The library reads X-Forwarded-*: `mount.ts` has set them to the issuer's.
  provider.proxy = true;
  useHashedSecrets(provider, deps);
  useRegisteredScopes(provider);
  useBoundInteractions(provider, { secure, ttlSeconds: INTERACTION_TTL_SECONDS });
  useDerivedSessions(provider);
  useQueuedLogout(provider);
  useRecordedUse(provider, deps.clientUses);
  useNotedSessions(provider, deps);
  for (const step of createPipeline(provider, deps, { secure })) provider.use(step);
  provider.on("server_error", (_ctx, error) => {
    currentUnitOfWork()?.rollBack();
    if (!(error instanceof RefreshRaceLost)) logger.error({ err: error }, "OpenID Connect request failed");
  });
  return provider;
}

/** Compares client secrets with their stored hashes; the library compares plain texts. */
function useHashedSecrets(provider: Provider, { database }: ProviderDeps): void {
  provider.Client.prototype.compareClientSecret = function compareClientSecret(actual: string): Promise<boolean> {
    const { clientId: id, clientSecret: secretHash = "", previous_secret_hash: previous } = this;
    const previousSecretHash = typeof previous === "string" ? previous : null;
    return clientSecretMatches({ database }, { id, secretHash, previousSecretHash }, actual);
  };
}

/** Gives a program that asks for no scope those of its registration (RFC 6749 section 3.3: a pre-defined default). */
function useRegisteredScopes(provider: Provider): void {
  const { save } = provider.ClientCredentials.prototype;
  provider.ClientCredentials.prototype.save = function saveWithScope(...args) {
    this.scope ||= this.client?.scope;
    return save.apply(this, args);
  };
}
