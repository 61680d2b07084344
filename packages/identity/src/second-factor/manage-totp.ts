import { audit } from "@mgs/audit/audit.repository";
import { type Actor, refuseWhileImpersonating, requireUser, type UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { securityNoticeRow } from "../notices/security-notice";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { findUser } from "../users.repository";
import {
  cancelTotp,
  confirmTotp,
  makeRecoveryCodes,
  putAwayRecoveryCodes,
  startTotp,
  type WaitingTotp,
} from "./enrol-totp";
import type { FactorDeps } from "./factor-deps";
import { deleteRecoveryCodes, deleteTotp, lockFactors } from "./factors.repository";
import { isSecondFactorRequired } from "./is-second-factor-required";

/** A signed-in person's own authenticator app and recovery codes. Each change asks for a fresh proof. */

const holderOf = ({ userSessionId }: UserActor) => ({ userSessionId });

/** Starts to set up an authenticator app. @throws AppError FORBIDDEN, PROOF_REQUIRED */
export async function beginOwnTotp(deps: FactorDeps, actor: Actor): Promise<WaitingTotp> {
  const person = requireUser(actor);
  await requireFreshProof(deps, actor);
  const user = await findUser(deps.database, person.userId);
  if (!user) throw new AppError("USER_NOT_FOUND");
  return startTotp(deps, { userId: user.id, email: user.email, holder: holderOf(person) });
}

/** Confirms it by its first code. @throws AppError FORBIDDEN, PROOF_REQUIRED, INVALID_CODE, ENROLMENT_EXPIRED */
export async function confirmOwnTotp(deps: FactorDeps, actor: Actor, input: { code: string }): Promise<void> {
  const person = requireUser(actor);
  await requireFreshProof(deps, actor);
  await confirmTotp(deps, { userId: person.userId, holder: holderOf(person), code: input.code });
}

/** Gives up what was not confirmed yet. @throws AppError FORBIDDEN */
export async function cancelOwnTotp(deps: FactorDeps, actor: Actor): Promise<void> {
  refuseWhileImpersonating(actor);
  await cancelTotp(deps, holderOf(requireUser(actor)));
}

/** The person has kept their new recovery codes: nobody sees them again. @throws AppError FORBIDDEN */
export async function putAwayOwnRecoveryCodes(deps: Pick<FactorDeps, "database">, actor: Actor): Promise<void> {
  refuseWhileImpersonating(actor);
  await putAwayRecoveryCodes(deps, holderOf(requireUser(actor)));
}

/**
 * Removes the authenticator app; recovery codes go with the last factor that they could stand for.
 * @throws AppError FORBIDDEN, PROOF_REQUIRED; NOT_FOUND; SECOND_FACTOR_REQUIRED when the person's role needs it
 */
export async function removeOwnTotp(deps: FactorDeps, actor: Actor): Promise<void> {
  const { userId, role } = requireUser(actor);
  await requireFreshProof(deps, actor);
  const required = await isSecondFactorRequired(deps.database, role);
  const at = deps.clock.now();
  const refs = await deps.database.$transaction(async (tx) => {
    const factors = await lockFactors(tx, userId);
    if (!factors.totp) throw new AppError("NOT_FOUND");
    if (required && factors.passkeys === 0) throw new AppError("SECOND_FACTOR_REQUIRED");
    await deleteTotp(tx, userId);
    if (factors.passkeys === 0) await deleteRecoveryCodes(tx, userId);
    await audit(tx, { actor, action: "totp.removed", subject: userId });
    return insertOutbox(tx, [
      securityNoticeRow({ userId, notice: "second-factor-changed", at, details: { change: "totp-removed" } }),
    ]);
  });
  await deps.enqueuer.enqueue(refs);
}

/**
 * Makes ten new recovery codes; the old ones stop working.
 * @throws AppError FORBIDDEN, PROOF_REQUIRED; NOT_FOUND for a person without a second factor
 */
export async function renewRecoveryCodes(deps: FactorDeps, actor: Actor): Promise<void> {
  const person = requireUser(actor);
  await requireFreshProof(deps, actor);
  const { userId } = person;
  const at = deps.clock.now();
  const refs = await deps.database.$transaction(async (tx) => {
    const factors = await lockFactors(tx, userId);
    if (!factors.totp && factors.passkeys === 0) throw new AppError("NOT_FOUND");
    await makeRecoveryCodes(deps, tx, { userId, holder: holderOf(person) });
    await audit(tx, { actor, action: "recovery-codes.renewed", subject: userId });
    return insertOutbox(tx, [
      securityNoticeRow({ userId, notice: "second-factor-changed", at, details: { change: "recovery-codes-renewed" } }),
    ]);
  });
  await deps.enqueuer.enqueue(refs);
}
