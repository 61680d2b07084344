/** The page of an interaction, which its forms lead back to. */
export function interactionPath({ uid = "" }: Record<string, string>): string {
  return `/interaction/${encodeURIComponent(uid)}`;
}
