import { ADMINISTRATION, definePermissions } from "@mgs/core/permissions";

/** Permissions on the audit trail. Nothing changes it, so there is none to manage it. */
export const auditPermissions = definePermissions({
  "audit.read": { description: "read, verify and export the audit trail", audience: ADMINISTRATION },
});
export const { can, requirePermission } = auditPermissions;
