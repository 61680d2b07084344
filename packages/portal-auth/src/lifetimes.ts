/** For how long a sign-in attempt can be finished: as long as the provider's interaction waits for the person. */
export const ATTEMPT_TTL_SECONDS = 60 * 60;

/** For how long the provider recognises an authorization code that was shown before. */
export const CODE_TTL_MS = 60_000;

/** For how long after its making a logout token is taken. The provider's live for two minutes. */
export const LOGOUT_TOKEN_MAX_AGE_SECONDS = 5 * 60;
