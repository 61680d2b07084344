import type { MaintenanceDto } from "./contract/maintenance";
import type { MaintenanceRow } from "./maintenance.repository";

export function toMaintenanceDto({ message, startsAt, expectedEnd, retrySeconds }: MaintenanceRow): MaintenanceDto {
  return {
    message,
    starts_at: startsAt.toISOString(),
    expected_end: expectedEnd?.toISOString() ?? null,
    retry_seconds: retrySeconds,
  };
}
