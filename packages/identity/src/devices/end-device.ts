import { type Actor, refuseWhileImpersonating } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import type { SessionEndReason } from "@mgs/core/session-end-reasons";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { requirePermission } from "../permissions";
import { requireFreshProof } from "../proofs/require-fresh-proof";
import { closeSession } from "../sessions/close-session";
import type { SessionEndDeps } from "../sessions/end-session";
import { lockDevice } from "./devices.repository";

/**
 * Ends a sign-in from another device: "deactivate". It stays in the history. Ending one's own present sign-in is a plain sign-out.
 * @returns false when it had ended already
 * @throws AppError NOT_FOUND for another person's; PROOF_REQUIRED
 */
export async function endDevice(
  deps: SessionEndDeps,
  actor: Actor,
  input: { userSessionId: string },
): Promise<{ ended: boolean }> {
  refuseWhileImpersonating(actor);
  const { userSessionId } = input;
  if (!UUID_PATTERN.test(userSessionId)) throw new AppError("NOT_FOUND");
  if (!isOwnDevice(actor, userSessionId)) await requireFreshProof(deps, actor);
  const refs = await deps.database.$transaction(async (tx) => {
    const device = await lockDevice(tx, userSessionId);
    if (!device) throw new AppError("NOT_FOUND");
    requireDeviceAccess(actor, device);
    if (!device.isLive) return null;
    const end = { at: deps.clock.now(), reason: deviceEndReason(actor, device) };
    return insertOutbox(tx, (await closeSession(tx, deps.identityHooks, actor, device, end)) ?? []);
  });
  if (refs === null) return { ended: false };
  await deps.enqueuer.enqueue(refs);
  return { ended: true };
}

/** Whether the actor calls from that very device. */
export function isOwnDevice(actor: Actor, userSessionId: string): boolean {
  return actor.kind === "user" && actor.userSessionId === userSessionId;
}

/**
 * Requires that the actor may end a person's devices. Another person's device looks as if there were none.
 * @throws AppError NOT_FOUND
 */
export function requireDeviceAccess(actor: Actor, { userId }: { userId: number }): void {
  try {
    requirePermission(actor, "devices.end", { userId });
  } catch (error) {
    throw new AppError("NOT_FOUND", { cause: error });
  }
}

/** The reason that the device's page, its person's history and the trail will show. */
export function deviceEndReason(actor: Actor, { id, userId }: { id: string; userId: number }): SessionEndReason {
  if (isOwnDevice(actor, id)) return "logout";
  return actor.kind === "user" && actor.userId === userId ? "deactivated" : "administrator";
}
