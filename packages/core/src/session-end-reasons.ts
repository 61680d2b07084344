/**
 * Why a sign-in ended, as `user_sessions.end_reason` and the `session.ended` event say it. Pages have a sentence for each; rows of
 * earlier releases may have others.
 */
export const SESSION_END_REASONS = [
  /** Its person signed out on the device itself. */
  "logout",
  /** Its person ended it from another device. */
  "deactivated",
  "administrator",
  /** An administrator ended the sign-ins of all people. */
  "everyone",
  "disabled",
  "password-changed",
  "role-removed",
  "second-factor-reset",
  /** Its person has answered a notice with "that was not me". */
  "not-me",
  /** A refresh token was used a second time: somebody else has a copy of it. */
  "token-reuse",
  "expired",
] as const;
export type SessionEndReason = (typeof SESSION_END_REASONS)[number];

export function isSessionEndReason(value: unknown): value is SessionEndReason {
  return SESSION_END_REASONS.some((reason) => reason === value);
}

/**
 * Parameter of an authentication request by which a portal says why its session has ended: the sign-in form tells the person. It is
 * none of OpenID Connect's, and decides nothing.
 */
export const SESSION_END_PARAMETER = "session_end";
