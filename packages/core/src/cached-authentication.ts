/**
 * Belongs to an actor that was read from the token cache. The cache does not know whether the token is still valid, so the
 * statement that acts for the actor checks it, or the caller calls `revalidate` before it answers.
 */
export type CachedAuthentication = {
  /** Names the token in `live_bearers`. */
  idHash: string;
  /** Looks the token up now. @throws AppError UNAUTHENTICATED when it is no longer valid */
  revalidate(): Promise<void>;
};
