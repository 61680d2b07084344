import { audit } from "@mgs/audit/audit.repository";
import { type Actor, refuseWhileImpersonating, requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { UUID_PATTERN } from "@mgs/core/ids";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import { findAbsence, lockAbsences, markAbsenceEnded } from "../absences.repository";
import { absenceChanged } from "../outbox-kinds";
import { requirePermission } from "../permissions";
import type { AbsenceDeps } from "./absence-deps";

/**
 * Ends an absence of the caller before its last day, or takes back one that has not begun.
 * @throws AppError NOT_FOUND for one that the caller does not see or that is over, FORBIDDEN for who stands in, IMPERSONATION_REFUSED
 */
export async function endAbsence(deps: AbsenceDeps, actor: Actor, id: string): Promise<void> {
  requirePermission(actor, "absence.name");
  refuseWhileImpersonating(actor);
  const { userId } = requireUser(actor);
  if (!UUID_PATTERN.test(id)) throw new AppError("NOT_FOUND");
  const refs = await deps.database.$transaction(async (tx) => {
    await lockAbsences(tx);
    const absence = await findAbsence(tx, id);
    if (!absence || (absence.userId !== userId && absence.substituteId !== userId)) throw new AppError("NOT_FOUND");
    if (absence.userId !== userId) throw new AppError("FORBIDDEN");
    if (!(await markAbsenceEnded(tx, id, deps.clock.now()))) throw new AppError("NOT_FOUND");
    await audit(tx, { actor, action: "absence.ended", subject: userId, userId: absence.substituteId });
    return insertOutbox(tx, [absenceChanged.row({ payload: { absence_id: id, op: "ended" } })]);
  });
  await deps.enqueuer.enqueue(refs);
}
