import { type Actor, requireUser } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { findFactors } from "../second-factor/factors.repository";

/** How a person may prove themself anew: the strongest that they have. */
export type ProofMethods = { passkey: boolean; code: boolean; password: boolean };

/**
 * Finds by what a person may prove themself: a passkey or a code when they have one; the password alone only where there is nothing
 * stronger, since whoever looks for a way in may know it. Recovery codes stand for a passkey that is elsewhere.
 * @throws AppError FORBIDDEN
 */
export async function findProofMethods(deps: { database: Database }, actor: Actor): Promise<ProofMethods> {
  const { passkeys, totp, recoveryCodes } = await findFactors(deps.database, requireUser(actor).userId);
  const passkey = passkeys > 0;
  return { passkey, code: totp || (passkey && recoveryCodes > 0), password: !passkey && !totp };
}
