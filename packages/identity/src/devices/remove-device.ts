import { audit } from "@mgs/audit/audit.repository";
import { type Actor, refuseWhileImpersonating } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { closeSession } from "../sessions/close-session";
import type { SessionEndDeps } from "../sessions/end-session";
import { lockDevice, markRemoved } from "./devices.repository";
import { deviceEndReason, isOwnDevice, requireDeviceAccess } from "./end-device";

/**
 * Takes a device off the list: a live one ends first. The rows of the audit trail stay.
 * @throws AppError NOT_FOUND for another person's, and for one that was removed; PROOF_REQUIRED
 */
export async function removeDevice(
  deps: SessionEndDeps,
  actor: Actor,
  input: { userSessionId: string },
): Promise<{ ended: boolean }> {
  refuseWhileImpersonating(actor);
  const { userSessionId } = input;
  if (!UUID_PATTERN.test(userSessionId)) throw new AppError("NOT_FOUND");
  if (!isOwnDevice(actor, userSessionId)) await requireFreshProof(deps, actor);
  const { ended, refs } = await deps.database.$transaction(async (tx) => {
    const device = await lockDevice(tx, userSessionId);
    if (!device) throw new AppError("NOT_FOUND");
    requireDeviceAccess(actor, device);
    const at = deps.clock.now();
    const end = { at, reason: deviceEndReason(actor, device) };
    const rows = device.isLive ? await closeSession(tx, deps.identityHooks, actor, device, end) : null;
    await markRemoved(tx, userSessionId, at);
    await audit(tx, { actor, action: "session.removed", subject: userSessionId, userId: device.userId });
    return { ended: rows !== null, refs: await insertOutbox(tx, rows ?? []) };
  });
  await deps.enqueuer.enqueue(refs);
  return { ended };
}
