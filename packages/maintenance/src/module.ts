import { defineModule } from "@mgs/module/module";
import { handle } from "@mgs/module/outbox";
import { maintenanceChanged } from "./outbox-kinds";
import { maintenancePermissions } from "./permissions";
import { MAINTENANCE_RETENTION } from "./retention";
import { maintenanceRoutes } from "./routes";

/** Times in which the portals are closed to everybody but administrators. */
export const maintenance = defineModule({
  name: "maintenance",
  tables: ["maintenances"],
  routes: maintenanceRoutes,
  openApi: async () => (await import("./routes.openapi")).maintenanceOpenApi,
  asyncApi: async () => (await import("./events.asyncapi")).maintenanceAsyncApi,
  permissions: maintenancePermissions.table,
  outbox: [handle(maintenanceChanged, async () => (await import("./announce-maintenance")).announceMaintenance)],
  retention: MAINTENANCE_RETENTION,
  commands: async () => (await import("./commands/command-groups")).maintenanceCommands,
});
