import type { Transaction } from "@mgs/db/client";
import { deletePasskeys } from "../passkeys/passkeys.repository";
import { deleteEnrolments } from "./enrolments.repository";
import { deleteRecoveryCodes, deleteTotp } from "./factors.repository";
import { deletePendingSignIns } from "./pending-sign-ins.repository";

/**
 * Removes what was added since a moment to a person's second factors, inside the caller's transaction: whoever took an account over
 * has perhaps added some of their own. What is being set up, and sign-ins whose second factor is outstanding, go as well. The caller
 * checks who asks and writes the trail.
 */
export async function removeFactorsAddedSince(
  tx: Transaction,
  userId: number,
  since: Date,
): Promise<{ passkeys: number; totp: boolean; recoveryCodes: number }> {
  const passkeys = await deletePasskeys(tx, userId, since);
  const totp = await deleteTotp(tx, userId, since);
  const recoveryCodes = await deleteRecoveryCodes(tx, userId, since);
  await deleteEnrolments(tx, userId);
  await deletePendingSignIns(tx, userId);
  return { passkeys, totp, recoveryCodes };
}
