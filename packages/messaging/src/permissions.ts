import { ADMINISTRATORS, definePermissions } from "@mgs/core/permissions";

/** What people may do with messages, besides being in their conversation. */
export const messagePermissions = definePermissions({
  "messages.read-history": {
    description: "read what the messages of a conversation that one is in said before they were edited or deleted",
    audience: ADMINISTRATORS,
  },
});
export const { can, requirePermission } = messagePermissions;
