import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { EVENTS, MAINTENANCE_CHANNEL } from "@mgs/realtime/names";
import { findOpenMaintenance } from "./maintenance.repository";
import { toMaintenanceDto } from "./maintenance-dto";
import type { maintenanceChanged } from "./outbox-kinds";

/** Tells every open page of every portal what holds now. */
export const announceMaintenance: OutboxHandler<OutboxPayload<typeof maintenanceChanged>> = async ({
  database,
  publisher,
}) => {
  const open = await findOpenMaintenance(database);
  const event = { maintenance: open && toMaintenanceDto(open) };
  await publisher.trigger(MAINTENANCE_CHANNEL, EVENTS.maintenanceChanged, event);
};
