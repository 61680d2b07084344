import type { Clock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import {
  allowInsecureRequests,
  ClientSecretBasic,
  Configuration,
  ResponseBodyError,
  refreshTokenGrant,
} from "openid-client";
import type { PortalEnv } from "./env";
import { endPortalSession, lockTokens, storeTokens, type Tokens } from "./portal-sessions.repository";

/** A token this close to its end is refreshed, so that it does not expire on its way. */
const REFRESH_BEFORE_EXPIRY_MS = 30_000;
const PROVIDER_TIMEOUT_SECONDS = 8;
/** When a caller may try again after the provider did not answer. */
const RETRY_AFTER_SECONDS = 5;

/**
 * Exchanges a refresh token (RFC 6749 section 6). `null`: the provider says it is no longer valid.
 * @throws AppError UNAVAILABLE when the provider does not answer
 */
export type RefreshGrant = (refreshToken: string) => Promise<Tokens | null>;

/** Refreshes at the provider by openid-client. */
export function createRefreshGrant(env: PortalEnv, clock: Clock): RefreshGrant {
  const issuer = env.OAUTH_SERVER_URL;
  const configuration = new Configuration(
    { issuer, token_endpoint: `${issuer}/oauth/token`, jwks_uri: `${issuer}/oauth/jwks` },
    env.OAUTH_CLIENT_ID,
    { id_token_signed_response_alg: "RS256" },
    ClientSecretBasic(env.OAUTH_CLIENT_SECRET),
  );
  configuration.timeout = PROVIDER_TIMEOUT_SECONDS;
  if (issuer.startsWith("http:")) allowInsecureRequests(configuration);
  return async (refreshToken) => {
    try {
      const answer = await refreshTokenGrant(configuration, refreshToken);
      const lifetimeSeconds = answer.expiresIn() ?? 0;
      return {
        accessToken: answer.access_token,
        refreshToken: answer.refresh_token ?? refreshToken,
        accessExpiresAt: new Date(clock.now().getTime() + lifetimeSeconds * 1_000),
      };
    } catch (error) {
      if (error instanceof ResponseBodyError && error.error === "invalid_grant") return null;
      throw new AppError("UNAVAILABLE", { cause: error, retryAfter: RETRY_AFTER_SECONDS });
    }
  };
}

/**
 * The access token of a portal session, refreshed when it has to be. Single flight over all processes is the row's
 * lock: the first caller refreshes, the others wait for the lock and find the new token. Within one process callers
 * share one wait, so that a crowd does not hold every connection of the pool.
 */
export function createAccessTokens(deps: { database: Database; sealer: Sealer; clock: Clock; refresh: RefreshGrant }) {
  const flights = new Map<string, Promise<string>>();

  async function fetchToken(sessionId: string): Promise<string> {
    const outcome = await deps.database.$transaction(async (tx): Promise<string | null> => {
      const tokens = await lockTokens(tx, deps.sealer, sessionId);
      if (!tokens) return null;
      const now = deps.clock.now();
      if (tokens.accessExpiresAt.getTime() - now.getTime() > REFRESH_BEFORE_EXPIRY_MS) return tokens.accessToken;
      const fresh = tokens.refreshToken === null ? null : await deps.refresh(tokens.refreshToken);
      if (!fresh) {
        await endPortalSession(tx, sessionId);
        return null;
      }
      await storeTokens(tx, deps.sealer, sessionId, fresh, now);
      return fresh.accessToken;
    });
    if (outcome === null) throw new AppError("SESSION_ENDED");
    return outcome;
  }

  /**
   * @throws AppError SESSION_ENDED when the sign-in is over; UNAVAILABLE when the provider does not answer, which signs
   *   nobody out
   */
  return function accessTokenOf(sessionId: string): Promise<string> {
    const flying = flights.get(sessionId);
    if (flying) return flying;
    const flight = fetchToken(sessionId).finally(() => flights.delete(sessionId));
    flights.set(sessionId, flight);
    return flight;
  };
}
