import { MAX_SESSION_SECONDS, type SessionLifetimes } from "@mgs/identity/session-lifetimes/session-lifetimes";

const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** For how long a form of the sign-in waits for its visitor. */
export const INTERACTION_TTL_SECONDS = HOUR_SECONDS;

const ID_TOKEN_TTL_SECONDS = HOUR_SECONDS;

/**
 * Lifetimes of what the provider issues and stores, by oidc-provider's names of them; seconds. A sign-in ends by its own row: its
 * provider session and its grants are stored for as long as the longest may last.
 */
export const ttlOf = ({ access_token, refresh_token, remembered_absolute }: SessionLifetimes) => ({
  AccessToken: access_token,
  AuthorizationCode: 60,
  ClientCredentials: HOUR_SECONDS,
  Grant: remembered_absolute,
  IdToken: ID_TOKEN_TTL_SECONDS,
  Interaction: INTERACTION_TTL_SECONDS,
  RefreshToken: refresh_token,
  Session: remembered_absolute,
});

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
 * whose session ends (`id_token_hint`), and so is read for as long as its session can be made to last.
 */
export const SIGNING_KEY_RETENTION_SECONDS = Math.max(ID_TOKEN_TTL_SECONDS, MAX_SESSION_SECONDS) + HOUR_SECONDS;
