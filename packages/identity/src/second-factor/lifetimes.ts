/** How long a sign-in waits for its second factor after the password. */
export const PENDING_SIGN_IN_TTL_SECONDS = 15 * 60;

/** How long a secret that is being set up, or fresh recovery codes, can be seen by the session that asked for them. */
export const ENROLMENT_TTL_SECONDS = 15 * 60;

/** How long an authenticator may take to answer. The sign-in page asks when it is opened, and may stand open as long as its interaction. */
export const CHALLENGE_TTL_SECONDS = 60 * 60;
