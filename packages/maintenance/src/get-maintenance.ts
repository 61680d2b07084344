import type { Actor } from "@mgs/core/actor";
import type { Database } from "@mgs/db/client";
import type { MaintenanceDto } from "./contract/maintenance";
import { findOpenMaintenance } from "./maintenance.repository";
import { toMaintenanceDto } from "./maintenance-dto";
import { requirePermission } from "./permissions";

/** The maintenance that is announced or under way, read anew; null when there is none. @throws AppError FORBIDDEN */
export async function getMaintenance(deps: { database: Database }, actor: Actor): Promise<MaintenanceDto | null> {
  requirePermission(actor, "maintenance.manage");
  const open = await findOpenMaintenance(deps.database);
  return open && toMaintenanceDto(open);
}
