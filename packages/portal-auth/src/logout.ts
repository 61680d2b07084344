import { isStorableText } from "@mgs/core/text";
import { decodeForm, readBytes } from "@mgs/http/body";
import { sidOf } from "@mgs/identity/sessions/sid";
import { createRemoteJWKSet, jwtVerify } from "jose";
import { z } from "zod";
import type { PortalAuthDeps } from "./deps";
import { LOGOUT_TOKEN_MAX_AGE_SECONDS } from "./lifetimes";
import { endPortalSession, findSessionsOfPerson } from "./portal-sessions.repository";

/** Member of a logout token's `events` claim. */
const LOGOUT_EVENT = "http://schemas.openid.net/event/backchannel-logout";

/** Logout token (OpenID Connect Back-Channel Logout 1.0 section 2.4). A `nonce` is forbidden. */
const logoutToken = z.object({
  sub: z.string().regex(/^[1-9]\d{0,9}$/),
  sid: z.string(),
  jti: z.string(),
  events: z.record(z.string(), z.unknown()).refine((events) => LOGOUT_EVENT in events),
  nonce: z.never().optional(),
});

/** The provider signs logout tokens as it signs ID tokens; a token never chooses how it is checked (RFC 8725 section 3.1). */
const LOGOUT_TOKEN_ALGORITHM = "RS256";
const MAX_BODY_BYTES = 16 * 1024;
/** A logout token that was taken before. */
class ReplayedTokenError extends Error {
  override name = "ReplayedTokenError";
}

/** How far the provider's clock may differ from this one: without it, a token of a clock ahead by a moment is refused. */
const CLOCK_TOLERANCE_SECONDS = 30;

/** For how long a token may be taken, by clocks that differ. */
const REPLAY_WINDOW_MS = (LOGOUT_TOKEN_MAX_AGE_SECONDS + 2 * CLOCK_TOLERANCE_SECONDS) * 1_000;

/**
 * `POST /api/auth/backchannel-logout`: ends the session that a logout token names; 400 for a token that is not valid, or
 * was taken before (section 2.6). A provider that tries again makes a new token.
 */
export function createBackchannelLogout({
  env,
  portal,
  database,
  logger,
  singleUse,
}: Pick<PortalAuthDeps, "env" | "portal" | "database" | "logger" | "singleUse">) {
  const keys = createRemoteJWKSet(new URL(`${env.OAUTH_SERVER_URL}/oauth/jwks`));
  return async function backchannelLogout(request: Request): Promise<Response> {
    const headers = { "cache-control": "no-store" };
    try {
      const body = decodeForm(await readBytes(request, MAX_BODY_BYTES));
      if (!isStorableText(body)) return new Response(null, { status: 400, headers });
      const token = new URLSearchParams(body).get("logout_token") ?? "";
      const { payload } = await jwtVerify(token, keys, {
        issuer: env.OAUTH_SERVER_URL,
        audience: env.OAUTH_CLIENT_ID,
        algorithms: [LOGOUT_TOKEN_ALGORITHM],
        maxTokenAge: LOGOUT_TOKEN_MAX_AGE_SECONDS,
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
      });
      const { sub, sid, jti } = logoutToken.parse(payload);
      if (!(await singleUse.use("logout-token", jti, REPLAY_WINDOW_MS))) throw new ReplayedTokenError();
      for (const session of await findSessionsOfPerson(database, portal, Number(sub))) {
        if (sidOf(session.oidcUid, env.OAUTH_CLIENT_ID) === sid)
          await database.$transaction((tx) => endPortalSession(tx, session.id));
      }
      return new Response(null, { status: 200, headers });
    } catch (error) {
      logger.warn({ reason: error instanceof Error ? error.name : "unknown" }, "back-channel logout refused");
      return Response.json({ error: "invalid_request" }, { status: 400, headers });
    }
  };
}
