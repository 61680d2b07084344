import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import { listPasskeyRows, type Passkey } from "../passkeys/passkeys.repository";
import { requirePermission } from "../permissions";
import { findFactors, findTotp } from "./factors.repository";

/** What a person has to prove themself with besides the password. No secret is in it. */
export type SecondFactorSummary = {
  passkeys: Passkey[];
  /** When the authenticator app was confirmed; null without one. */
  totpSince: Date | null;
  /** Recovery codes that were not used yet. */
  recoveryCodesLeft: number;
};

/** For the person's own page, and for administrators. @throws AppError FORBIDDEN */
export async function describeSecondFactor(
  deps: { database: Database },
  actor: Actor,
  input: { userId: number },
): Promise<SecondFactorSummary> {
  const { userId } = input;
  if (actor.kind !== "user" || actor.userId !== userId) requirePermission(actor, "accounts.read");
  const [passkeys, totp, factors] = await Promise.all([
    listPasskeyRows(deps.database, userId),
    findTotp(deps.database, userId),
    findFactors(deps.database, userId),
  ]);
  return { passkeys, totpSince: totp?.confirmedAt ?? null, recoveryCodesLeft: factors.recoveryCodes };
}
