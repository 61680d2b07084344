import { audit } from "@mgs/audit/audit.repository";
import { type Actor, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { securityNoticeRow } from "../notices/security-notice";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import type { FactorDeps } from "../second-factor/factor-deps";
import { deleteRecoveryCodes, lockFactors } from "../second-factor/factors.repository";
import { isSecondFactorRequired } from "../second-factor/is-second-factor-required";
import { deletePasskey } from "./passkeys.repository";

/**
 * Removes an own passkey. A sign-in with it that is under way cannot be finished; those that are complete stay.
 * @throws AppError FORBIDDEN, PROOF_REQUIRED, NOT_FOUND; SECOND_FACTOR_REQUIRED when it is the last factor and the role needs one
 */
export async function removePasskey(deps: FactorDeps, actor: Actor, input: { id: string }): Promise<void> {
  const { userId, role } = requireUser(actor);
  await requireFreshProof(deps, actor);
  const { id } = input;
  if (!UUID_PATTERN.test(id)) throw new AppError("NOT_FOUND");
  const required = await isSecondFactorRequired(deps.database, role);
  const at = deps.clock.now();
  const refs = await deps.database.$transaction(async (tx) => {
    const factors = await lockFactors(tx, userId);
    if (!(await deletePasskey(tx, { id, userId }))) throw new AppError("NOT_FOUND");
    const isLast = factors.passkeys === 1 && !factors.totp;
    if (required && isLast) throw new AppError("SECOND_FACTOR_REQUIRED");
    if (isLast) await deleteRecoveryCodes(tx, userId);
    await audit(tx, { actor, action: "passkey.removed", subject: userId, details: { passkey: id } });
    return insertOutbox(tx, [
      securityNoticeRow({ userId, notice: "second-factor-changed", at, details: { change: "passkey-removed" } }),
    ]);
  });
  await deps.enqueuer.enqueue(refs);
}
