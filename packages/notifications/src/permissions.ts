import { ADMINISTRATION, ADMINISTRATORS, definePermissions, EVERYONE } from "@mgs/core/permissions";

/** Who may do what with notifications. The caller's own inbox needs no permission: its use cases read no other. */
export const notificationPermissions = definePermissions({
  "notification.send": {
    description: "send a notification to a person",
    audience: EVERYONE,
    scope: "notifications:send",
  },
  "notification.send-to-several": {
    description: "choose several recipients in the form that sends",
    audience: ADMINISTRATORS,
  },
  "sent.read": { description: "read what was sent to anybody, with its deliveries", audience: ADMINISTRATION },
  "sent.retry": { description: "retry the failed deliveries of what was sent", audience: ADMINISTRATION },
});
export const { can, requirePermission } = notificationPermissions;
