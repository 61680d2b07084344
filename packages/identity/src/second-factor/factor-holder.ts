import { sha256 } from "@mgs/core/crypto";

/** What a challenge or a secret that is being set up belongs to: nobody else may see or answer it. */
export type FactorHolder = { userSessionId: string } | { interaction: string };

/** The text of a holder in a table; an interaction's id lets its browser answer it, so its hash is stored. */
export function holderKey(holder: FactorHolder): string {
  return "interaction" in holder ? `interaction:${sha256(holder.interaction)}` : `session:${holder.userSessionId}`;
}
