import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { maintenanceReader } from "./maintenance-reader";

export const maintenanceRoutes = [
  {
    method: "GET",
    path: "/api/maintenance",
    access: "public",
    handler: async (_call, { database }) => ok(await maintenanceReader(database).read()),
  },
] as const satisfies readonly Route<PortalDeps>[];
