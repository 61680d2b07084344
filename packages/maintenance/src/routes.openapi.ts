import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import type { MaintenanceDto } from "./contract/maintenance";
import type { maintenanceRoutes } from "./routes";

const maintenance = z
  .object({
    message: z.string(),
    starts_at: z.iso.datetime().meta({ description: "The portals are closed from then on" }),
    expected_end: z.iso.datetime().nullable(),
    retry_seconds: z.int().meta({ description: "Seconds after which to ask again" }),
  })
  .meta({ id: "Maintenance" }) satisfies z.ZodType<MaintenanceDto>;

/** Documentation of the routes, without what their declarations contain. */
export const maintenanceOpenApi: DocsOfRoutes<typeof maintenanceRoutes> = {
  "GET /api/maintenance": {
    tag: { name: "maintenance", description: "Times in which the portals are closed" },
    id: "getMaintenance",
    summary: "The maintenance that is announced or under way",
    description:
      "While it is under way, every other route answers 503 `MAINTENANCE` with `Retry-After`, except to administrators' sessions.",
    answers: { 200: { description: "Null when there is none", data: maintenance.nullable() } },
  },
};
