import { audit } from "@mgs/audit/audit.repository";
import { type Actor, refuseWhileImpersonating, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import type { PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import type { Assertion } from "../passkeys/passkey-answers";
import { askForPasskey, type PasskeyDeps, verifyPasskey } from "../passkeys/verify-passkey";
import { recordProof } from "./proofs.repository";

/** What the browser asks the person's own passkeys. @throws AppError FORBIDDEN */
export async function askForProof(deps: PasskeyDeps, actor: Actor): Promise<PublicKeyCredentialRequestOptionsJSON> {
  refuseWhileImpersonating(actor);
  const { userId, userSessionId } = requireUser(actor);
  return askForPasskey(deps, { userSessionId }, userId);
}

/**
 * Takes the answer of one of the person's own passkeys as a fresh proof.
 * @throws AppError FORBIDDEN; PASSKEY_REFUSED also for somebody else's passkey
 */
export async function proveByPasskey(deps: PasskeyDeps, actor: Actor, input: { answer: Assertion }): Promise<void> {
  refuseWhileImpersonating(actor);
  const { userId, userSessionId } = requireUser(actor);
  try {
    const verified = await verifyPasskey(deps, { userSessionId }, input.answer);
    if (verified.userId !== userId) throw new AppError("PASSKEY_REFUSED");
  } catch (error) {
    if (error instanceof AppError && error.code === "PASSKEY_REFUSED")
      await audit(deps.database, { actor, action: "proof.refused", userId });
    throw error;
  }
  await recordProof(deps.database, userSessionId, deps.clock.now());
}
