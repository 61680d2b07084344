import { audit } from "@mgs/audit/audit.repository";
import { type Actor, actorKey } from "@mgs/core/actor";
import { requireFreshProof } from "@mgs/identity/proofs/require-fresh-proof";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { MaintenanceDeps } from "./begin-maintenance";
import { isUnderWay } from "./contract/maintenance";
import { endOpenMaintenance, lockMaintenance } from "./maintenance.repository";
import { toMaintenanceDto } from "./maintenance-dto";
import { maintenanceChanged } from "./outbox-kinds";
import { requirePermission } from "./permissions";

/**
 * Opens the portals again, or takes an announced maintenance back. Open pages hear of it.
 * @returns whether there was one
 * @throws AppError FORBIDDEN, PROOF_REQUIRED
 */
export async function endMaintenance(deps: MaintenanceDeps, actor: Actor): Promise<{ changed: boolean }> {
  requirePermission(actor, "maintenance.manage");
  await requireFreshProof(deps, actor);
  const now = deps.clock.now();
  const refs = await deps.database.$transaction(async (tx) => {
    await lockMaintenance(tx);
    const ended = await endOpenMaintenance(tx, now, actorKey(actor));
    if (!ended) return null;
    const action = isUnderWay(toMaintenanceDto(ended), now.getTime()) ? "maintenance.ended" : "maintenance.cancelled";
    await audit(tx, { actor, action });
    return insertOutbox(tx, [maintenanceChanged.row({ payload: {} })]);
  });
  if (refs) await deps.enqueuer.enqueue(refs);
  return { changed: refs !== null };
}
