import { ADMINISTRATION, ADMINISTRATORS, definePermissions } from "@mgs/core/permissions";

/** Permissions to read the state of the system. */
export const healthPermissions = definePermissions({
  "health.summary": {
    description: "see on the dashboard whether the parts of the system answer",
    audience: ADMINISTRATORS,
  },
  "health.read": { description: "read processes and what the canary measured", audience: ADMINISTRATION },
});
export const { can, requirePermission } = healthPermissions;
