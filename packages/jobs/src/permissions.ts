import { ADMINISTRATION, definePermissions } from "@mgs/core/permissions";

/** Permissions on the queues of deliveries. */
export const jobPermissions = definePermissions({
  "queues.read": {
    description: "read how queues are, their trend and their failed deliveries",
    audience: ADMINISTRATION,
  },
  "queues.pause": { description: "pause and resume a queue", audience: ADMINISTRATION },
  "deliveries.retry": { description: "retry failed deliveries", audience: ADMINISTRATION },
});
export const { can, requirePermission } = jobPermissions;
