import type { Sealer } from "@mgs/core/crypto";
import type { Database } from "@mgs/db/client";
import { findLiveByOidcUid, type LiveUserSession } from "@mgs/identity/sessions/user-sessions.repository";
import { findPayload } from "./payloads.repository";

/**
 * Finds the user session behind the provider's session cookie, which administration signs its visitors in by.
 * @param cookie value of the cookie `ssoCookieName`: 21 random characters, looked up by their hash
 */
export async function findSsoSession(
  deps: { database: Database; sealer: Sealer },
  cookie: string | undefined,
): Promise<LiveUserSession | null> {
  if (!cookie || !/^[\w-]{10,100}$/.test(cookie)) return null;
  const session = await findPayload(deps.database, deps.sealer, "Session", { id: cookie });
  if (!session?.uid || !session.accountId) return null;
  const live = await findLiveByOidcUid(deps.database, session.uid);
  return live && String(live.userId) === session.accountId ? live : null;
}

/** Finds the secret of the provider's logout form; null unless a client's logout request waits for an answer. */
export async function findLogoutSecret(
  deps: { database: Database; sealer: Sealer },
  cookie: string | undefined,
): Promise<string | null> {
  if (!cookie) return null;
  const session = await findPayload(deps.database, deps.sealer, "Session", { id: cookie });
  const secret: unknown = session?.state?.secret;
  return typeof secret === "string" ? secret : null;
}
