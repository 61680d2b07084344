const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Lifetimes of what the provider issues and stores, by oidc-provider's names of them; seconds. */
export const TTL_SECONDS = {
  AccessToken: 15 * 60,
  AuthorizationCode: 60,
  ClientCredentials: HOUR_SECONDS,
  Grant: 30 * DAY_SECONDS,
  IdToken: HOUR_SECONDS,
  Interaction: HOUR_SECONDS,
  RefreshToken: 14 * DAY_SECONDS,
  Session: 14 * DAY_SECONDS,
};

/**
 * For how long an interaction is kept after it has expired: a page that was left open over a weekend still says which
 * client it served. The library itself refuses to answer an expired one.
 */
export const EXPIRED_INTERACTION_RETENTION_SECONDS = 3 * DAY_SECONDS;

/** For how long a finished interaction may be resumed again: its first answer may have been lost on the way. */
export const INTERACTION_REPEAT_WINDOW_SECONDS = 60;

/** For how long the same logout form leads where it led the first time. */
export const LOGOUT_ANSWER_TTL_SECONDS = HOUR_SECONDS;

/** For how long a rotated refresh token gets its first answer again instead of revoking the family. */
export const REFRESH_REPLAY_WINDOW_SECONDS = 10;

/** Age at which the signing key is replaced by itself. */
export const SIGNING_KEY_ROTATION_SECONDS = 90 * DAY_SECONDS;

/** For how long a new signing key is published before it signs: longer than clients keep a copy of the key set. */
export const SIGNING_KEY_LEAD_SECONDS = DAY_SECONDS;

/**
 * For how long a replaced key stays published: until the last token that it signed has expired. An ID token says at the logout
 * whose session ends (`id_token_hint`), and so is read for as long as its session lasts.
 */
export const SIGNING_KEY_RETENTION_SECONDS = Math.max(TTL_SECONDS.IdToken, TTL_SECONDS.Session) + HOUR_SECONDS;
