import type { Clock } from "@mgs/core/clock";
import { AppError } from "@mgs/core/errors";
import {
  allowInsecureRequests,
  ClientSecretBasic,
  Configuration,
  ResponseBodyError,
  refreshTokenGrant,
} from "openid-client";
import type { Refresh } from "./access-token";
import type { PortalEnv } from "./env";

/** Seconds the provider has to answer. */
const PATIENCE = 8;

/** Refreshes at the provider by openid-client. */
export function createRefresh(env: PortalEnv, clock: Clock): Refresh {
  const issuer = env.OAUTH_SERVER_URL;
  const configuration = new Configuration(
    { issuer, token_endpoint: `${issuer}/oauth/token`, jwks_uri: `${issuer}/oauth/jwks` },
    env.OAUTH_CLIENT_ID,
    { id_token_signed_response_alg: "RS256" },
    ClientSecretBasic(env.OAUTH_CLIENT_SECRET),
  );
  configuration.timeout = PATIENCE;
  if (issuer.startsWith("http:")) allowInsecureRequests(configuration);
  return async (refreshToken) => {
    try {
      const answer = await refreshTokenGrant(configuration, refreshToken);
      const lifetime = answer.expiresIn() ?? 0;
      return {
        accessToken: answer.access_token,
        refreshToken: answer.refresh_token ?? refreshToken,
        accessExpiresAt: new Date(clock.now().getTime() + lifetime * 1_000),
      };
    } catch (error) {
      if (error instanceof ResponseBodyError && error.error === "invalid_grant") return null;
      throw new AppError("UNAVAILABLE", { cause: error, retryAfter: 5 });
    }
  };
}
