import { sha256 } from "@mgs/core/crypto";
import { AppError } from "@mgs/core/errors";
import type { Database } from "@mgs/db/client";
import type { PublicKeyCredentialCreationOptionsJSON } from "@simplewebauthn/server";
import { nameBrowser } from "../devices/browser-name";
import { registerPasskey } from "../passkeys/add-passkey";
import { offerRegistration } from "../passkeys/begin-passkey";
import type { Attestation } from "../passkeys/passkey-answers";
import type { PasskeyDeps } from "../passkeys/verify-passkey";
import { findUser } from "../users.repository";
import { makeRecoveryCodes } from "./enrol-totp";
import type { FactorDeps } from "./factor-deps";
import { findFactors } from "./factors.repository";
import { findPendingSignIn, findSecondStep, openRow, type PendingSignIn } from "./pending-sign-in";
import { findPendingRow, markProved } from "./pending-sign-ins.repository";

/**
 * What a browser asks its authenticator, in a sign-in whose person has to set a second factor up.
 * @throws AppError SIGN_IN_EXPIRED; ENROLMENT_EXPIRED when they have a factor by now: that one is asked for
 */
export async function offerPasskeyEnrolment(
  deps: FactorDeps & PasskeyDeps,
  { interaction }: { interaction: string },
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { userId } = await findPendingSignIn(deps, interaction);
  await requireEnrolment(deps.database, userId);
  return offerRegistration(deps, { userId, holder: { interaction } });
}

/**
 * Adds the passkey that a pending sign-in has to set up; it stands for the second factor of this sign-in too. Whoever has no recovery
 * codes gets ten, which the interaction may see for some minutes. The same answer twice leads where the first led.
 * @throws AppError SIGN_IN_EXPIRED, ENROLMENT_EXPIRED, PASSKEY_REFUSED
 */
export async function enrolByPasskey(
  deps: FactorDeps & PasskeyDeps,
  { interaction, answer, userAgent }: { interaction: string; answer: Attestation; userAgent: string | null },
): Promise<PendingSignIn> {
  const interactionHash = sha256(interaction);
  const answerHash = sha256(`${interaction}\n${JSON.stringify([answer.id, answer.response])}`);
  const find = () => findPendingRow(deps.database, interactionHash, deps.clock.now());
  const row = await find();
  if (!row) throw new AppError("SIGN_IN_EXPIRED");
  if (row.answerHash === answerHash) return openRow(deps.sealer, interaction, row);
  const { userId } = row;
  const holder = { interaction };
  try {
    await requireEnrolment(deps.database, userId);
    const actor = { kind: "user", userId } as const;
    await registerPasskey(deps, { userId, actor, holder, name: nameOf(userAgent), answer }, async (tx, before) => {
      // Somebody who has a factor by now (set up in another tab) proves that one, and adds none with the password alone.
      if (before.totp || before.passkeys > 0) throw new AppError("ENROLMENT_EXPIRED");
      if (before.recoveryCodes === 0) await makeRecoveryCodes(deps, tx, { userId, holder });
      const proved = { interactionHash, userId, method: "passkey", answerHash };
      if (!(await markProved(tx, proved))) throw new AppError("ENROLMENT_EXPIRED");
    });
  } catch (error) {
    const now = await find();
    if (now?.answerHash === answerHash) return openRow(deps.sealer, interaction, now);
    throw error;
  }
  return findPendingSignIn(deps, interaction);
}

/** The passkey of a sign-in may have been taken away before the sign-in is finished. @throws AppError SIGN_IN_EXPIRED */
export async function requireEnrolledPasskey(database: Database, userId: number): Promise<void> {
  if ((await findFactors(database, userId)).passkeys === 0) throw new AppError("SIGN_IN_EXPIRED");
}

async function requireEnrolment(database: Database, userId: number): Promise<void> {
  const user = await findUser(database, userId);
  if (!user || user.disabledAt) throw new AppError("SIGN_IN_EXPIRED");
  if ((await findSecondStep(database, user)) !== "enrol") throw new AppError("ENROLMENT_EXPIRED");
}

/** Its person renames it when they like. */
function nameOf(userAgent: string | null): string {
  const { browser, system } = nameBrowser(userAgent);
  return [browser, system].filter(Boolean).join(", ").slice(0, 60) || "1";
}
