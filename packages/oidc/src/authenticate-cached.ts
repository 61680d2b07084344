import type { Actor } from "@mgs/core/actor";
import type { CachedAuthentication } from "@mgs/core/cached-authentication";
import { sha256 } from "@mgs/core/crypto";

const CACHE_TTL_MS = 60_000;
const MAX_CACHED_TOKENS = 1_000;

export type AuthenticateCached = (
  token: string,
) => Promise<{ actor: Actor; cachedAuthentication?: CachedAuthentication }>;

/**
 * Caches the actors of access tokens, for callers whose statement checks the token itself and so need no look-up first.
 * The key is the token's hash.
 * @param lookUp `authenticateToken`
 * @returns the token's actor, with a `CachedAuthentication` where it comes from the cache
 */
export function createAuthenticateCached(lookUp: (token: string) => Promise<Actor>): AuthenticateCached {
  const cache = new Map<string, { actor: Actor; until: number }>();

  async function lookUpAndCache(idHash: string, token: string): Promise<Actor> {
    cache.delete(idHash);
    const actor = await lookUp(token);
    if (cache.size >= MAX_CACHED_TOKENS) cache.delete(cache.keys().next().value ?? "");
    cache.set(idHash, { actor, until: performance.now() + CACHE_TTL_MS });
    return actor;
  }

  return async (token) => {
    const idHash = sha256(token);
    const found = cache.get(idHash);
    if (!found || found.until < performance.now()) return { actor: await lookUpAndCache(idHash, token) };
    const revalidate = async () => {
      await lookUpAndCache(idHash, token);
    };
    return { actor: found.actor, cachedAuthentication: { idHash, revalidate } };
  };
}
