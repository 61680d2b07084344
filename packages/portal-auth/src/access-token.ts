import type { Clock } from "@mgs/core/clock";
import type { Sealer } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import { endPortalSession, lockTokens, storeTokens, type Tokens } from "./portal-sessions.repository";

/** Exchanges a refresh token. `null`: the provider says it is no longer valid. Throws when there was no answer. */
export type Refresh = (refreshToken: string) => Promise<Tokens | null>;

/** A token this close to its end is refreshed, so that it does not expire on its way; milliseconds. */
const MARGIN = 30_000;

/**
 * The access token of a portal session, refreshed when it has to be. Single flight over all processes is the row's
 * lock: the first caller refreshes, the others wait for the lock and find the new token. Within one process callers
 * share one wait, so that a crowd does not hold every connection of the pool.
 */
export function createAccessTokens(deps: { database: Database; sealer: Sealer; clock: Clock; refresh: Refresh }) {
  const flights = new Map<string, Promise<string>>();

  async function fetchToken(sessionId: string): Promise<string> {
    const outcome = await deps.database.$transaction(async (tx): Promise<string | null> => {
      const tokens = await lockTokens(tx, deps.sealer, sessionId);
      if (!tokens) return null;
      const now = deps.clock.now();
      if (tokens.accessExpiresAt.getTime() - now.getTime() > MARGIN) return tokens.accessToken;
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
   * @throws AppError SESSION_ENDED when the sign-in is over; UNAVAILABLE when the provider does not answer: nobody is
   *   signed out for that
   */
  return function accessTokenOf(sessionId: string): Promise<string> {
    const flying = flights.get(sessionId);
    if (flying) return flying;
    const flight = fetchToken(sessionId).finally(() => flights.delete(sessionId));
    flights.set(sessionId, flight);
    return flight;
  };
}
