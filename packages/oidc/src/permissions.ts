import { ADMINISTRATION, definePermissions } from "@mgs/core/permissions";

/** Permissions on the provider's own keys. */
export const oidcPermissions = definePermissions({
  "keys.read": { description: "list the signing keys, with their states and dates", audience: ADMINISTRATION },
  "keys.rotate": {
    description: "replace the signing key, in time or at once",
    audience: ADMINISTRATION,
    keptForAdministrators: true,
  },
});
export const { can, requirePermission } = oidcPermissions;
