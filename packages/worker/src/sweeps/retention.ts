import { createAuditRetention } from "@mgs/audit/retention";
import type { RetentionRule } from "@mgs/db/retention";
import { JOBS_RETENTION } from "@mgs/jobs/retention";
import type { Module } from "@mgs/module/module";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { OBSERVABILITY_RETENTION } from "@mgs/observability/retention";
import { PORTAL_AUTH_RETENTION } from "@mgs/portal-auth/retention";

/** Collects the retention rules of every package that owns tables: of the modules, and of packages that are no module. */
export const collectRetentionRules = (
  modules: readonly Module[],
  { auditRetentionDays }: { auditRetentionDays: number },
): readonly RetentionRule<WorkerDeps>[] => [
  ...createAuditRetention(auditRetentionDays),
  ...JOBS_RETENTION,
  ...PORTAL_AUTH_RETENTION,
  ...OBSERVABILITY_RETENTION,
  ...modules.flatMap(({ retention = [] }) => retention),
];
