/** Pages of the provider's sign-in, in administration. */

/** The page of an interaction, which its forms lead back to. */
export function interactionPath(uid: string): string {
  return `/interaction/${encodeURIComponent(uid)}`;
}
