/** Pages of the provider's sign-in, in administration. */

/** The page of an interaction, which its forms lead back to. */
export function interactionPath(uid: string): string {
  return `/interaction/${encodeURIComponent(uid)}`;
}

/** The form of a sign-in posts here. */
export const loginFormPath = (uid: string): string => `${interactionPath(uid)}/login`;

/** The page that asks for the second factor after the password, or leads through its set-up. */
export const secondFactorPath = (uid: string): string => `${interactionPath(uid)}/factor`;

/** The form that asks for a code of the second factor posts here. */
export const codeFormPath = (uid: string): string => `${interactionPath(uid)}/code`;

/** Parameter that tells the form of the recovery code, and its refusals, from the form above it. */
export const RECOVERY_PARAMETER = "secours";

/** The form that asks for a recovery code posts here. */
export const recoveryFormPath = (uid: string): string => `${codeFormPath(uid)}?${RECOVERY_PARAMETER}=1`;

/** The form that asks for the first code of a new authenticator app posts here. */
export const enrolmentFormPath = (uid: string): string => `${interactionPath(uid)}/enrolment`;

/** Scripts ask here what to ask an authenticator for a first passkey (`/options` below it), and post its answer. */
export const passkeyEnrolmentPath = (uid: string): string => `${enrolmentFormPath(uid)}/passkey`;

/** The form below fresh recovery codes posts here. */
export const continueFormPath = (uid: string): string => `${interactionPath(uid)}/continue`;

/** Scripts ask here what to ask an authenticator, and post its answer to `passkeyPath`. */
export const passkeyOptionsPath = (uid: string): string => `${passkeyPath(uid)}/options`;

export const passkeyPath = (uid: string): string => `${interactionPath(uid)}/passkey`;

/** The form that asks for consent posts here. */
export const consentFormPath = (uid: string): string => `${interactionPath(uid)}/consent`;
