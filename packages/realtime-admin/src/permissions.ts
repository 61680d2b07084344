import { ADMINISTRATION, definePermissions } from "@mgs/core/permissions";

/** Who may do what with the realtime server's channels and connections. */
export const realtimePermissions = definePermissions({
  "channels.read": { description: "read channels, their members and owners, and statistics", audience: ADMINISTRATION },
  "connections.read": { description: "count a person's connected devices", audience: ADMINISTRATION },
  "connections.close": { description: "disconnect a person's devices", audience: ADMINISTRATION },
  "test-event.send": { description: "send a test event to a channel", audience: ADMINISTRATION },
});
export const { can, requirePermission } = realtimePermissions;
