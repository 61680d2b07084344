/** Pages of the provider's sign-in, in administration. */

/** The page of an interaction, which its forms lead back to. */
export function interactionPath(uid: string): string {
  return `/interaction/${encodeURIComponent(uid)}`;
}

/** The form of a sign-in posts here. */
export const loginFormPath = (uid: string): string => `${interactionPath(uid)}/login`;

/** The form that asks for consent posts here. */
export const consentFormPath = (uid: string): string => `${interactionPath(uid)}/consent`;
