/**
 * Comes with an actor that was read from the token cache. The cache does not know whether the token still holds: the
 * statement that acts for the actor checks it, or `revalidate` is called before anything is answered.
 */
export type CachedAuthentication = {
  /** Names the token in `live_bearers`. */
  idHash: string;
  /** Looks the token up now. @throws AppError UNAUTHENTICATED when it no longer holds */
  revalidate(): Promise<void>;
};
