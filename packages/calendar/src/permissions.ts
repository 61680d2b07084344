import { definePermissions, PEOPLE } from "@mgs/core/permissions";

export const calendarPermissions = definePermissions({
  "absence.read": {
    description: "see one's own absences, and those in which one stands in",
    audience: PEOPLE,
    scope: "profile",
  },
  "absence.name": {
    description: "name a colleague who stands in while one is away, and end one's own absence",
    audience: PEOPLE,
    scope: "profile:write",
  },
});
export const { can, requirePermission } = calendarPermissions;
