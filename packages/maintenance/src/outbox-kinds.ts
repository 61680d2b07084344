import { defineOutboxKind } from "@mgs/jobs/outbox-kind";
import { z } from "zod";

/** Open pages show, change or remove the banner. The handler reads what holds now, so that the order of rows does not matter. */
export const maintenanceChanged = defineOutboxKind({
  kind: "maintenance.changed",
  queue: "broadcasts",
  payload: z.object({}),
  isUrgent: true,
});
