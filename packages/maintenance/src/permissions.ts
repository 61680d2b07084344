import { ADMINISTRATION, ADMINISTRATORS, definePermissions } from "@mgs/core/permissions";

/** Permissions on the maintenance of the portals. */
export const maintenancePermissions = definePermissions({
  "maintenance.manage": {
    description: "close the portals for maintenance, and open them again",
    audience: ADMINISTRATION,
  },
  "maintenance.pass": {
    description: "work in the portals while they are closed for maintenance",
    audience: ADMINISTRATORS,
  },
});
export const { can, requirePermission } = maintenancePermissions;
