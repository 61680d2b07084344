import { ADMINISTRATION, definePermissions } from "@mgs/core/permissions";

/** Each use case behind a page of the console asks its own domain as well. */
export const consolePermissions = definePermissions({
  "console.open": { description: "open the console", audience: ADMINISTRATION },
});
export const { can } = consolePermissions;
