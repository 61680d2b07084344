import { ADMINISTRATION, definePermissions } from "@mgs/core/permissions";

/** The permission of the console itself; each use case behind its pages asks its own domain as well. */
export const consolePermissions = definePermissions({
  "console.open": { description: "open the console", audience: ADMINISTRATION },
});
export const { can } = consolePermissions;
