import { createPrivateKey, randomUUID } from "node:crypto";
import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { findClient } from "@mgs/identity/clients/clients.repository";
import { deleteLogoutDelivery, recordLogoutAnswer } from "@mgs/identity/sessions/logout-deliveries.repository";
import { SignJWT } from "jose";
import { loadSigningKeys } from "./keys.repository";

const RESPONSE_TIMEOUT_MS = 5_000;
/** Lifetime of a logout token: two minutes, as section 2.4 recommends. */
const LOGOUT_TOKEN_TTL = "2m";

/**
 * Tells one client that a session has ended (OpenID Connect Back-Channel Logout 1.0 section 2.5). The library does so
 * from its own logout page alone; sessions end in other ways too.
 * @throws Error when the client does not accept the token, so that the job is tried again
 */
export async function sendBackchannelLogout(
  deps: { database: Database; sealer: Sealer; issuer: string },
  outboxId: string,
  payload: { client_id: string; sub: string; sid: string },
): Promise<void> {
  const client = await findClient(deps.database, payload.client_id);
  if (!client?.backchannelLogoutUri) return deleteLogoutDelivery(deps.database, outboxId);
  const [key] = await loadSigningKeys(deps.database, deps.sealer);
  if (!key) throw new Error("there is no signing key");
  const token = await new SignJWT({
    sid: payload.sid,
    events: { "http://schemas.openid.net/event/backchannel-logout": {} },
  })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: "logout+jwt" })
    .setIssuer(deps.issuer)
    .setAudience(client.id)
    .setSubject(payload.sub)
    .setIssuedAt()
    .setExpirationTime(LOGOUT_TOKEN_TTL)
    .setJti(randomUUID())
    .sign(createPrivateKey({ key, format: "jwk" }));
  const start = performance.now();
  const response = await fetch(client.backchannelLogoutUri, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ logout_token: token }),
    signal: AbortSignal.timeout(RESPONSE_TIMEOUT_MS),
  });
  if (response.status !== 200 && response.status !== 204) {
    throw new Error(`back-channel logout: ${client.id} answered ${response.status}`);
  }
  await recordLogoutAnswer(deps.database, outboxId, { at: new Date(), durationMs: performance.now() - start });
}
