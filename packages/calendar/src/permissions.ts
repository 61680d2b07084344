import { ADMINISTRATORS, definePermissions, PEOPLE } from "@mgs/core/permissions";

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
  "calendar.manage": { description: "edit and confirm the public holidays of a year", audience: ADMINISTRATORS },
});
export const { can, requirePermission } = calendarPermissions;
