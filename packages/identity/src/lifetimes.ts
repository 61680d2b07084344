/** For how long a proof of identity counts as fresh, a sign-in included. */
export const PROOF_TTL_SECONDS = 10 * 60;

/** For how long an administrator acts in a person's place, at most. */
export const IMPERSONATION_TTL_SECONDS = 30 * 60;

/** How long the single-use link of an account mail can be used, by its purpose. */
export const ACCOUNT_LINK_TTL_SECONDS = {
  invitation: 7 * 86_400,
  "password-reset": 30 * 60,
  "not-me": 7 * 86_400,
  "address-changed": 7 * 86_400,
} as const;

/** The same form posted again after its link was used leads where it led the first time, for that long. */
export const ACCOUNT_LINK_REPEAT_SECONDS = 10 * 60;
