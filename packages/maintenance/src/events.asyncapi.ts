import type { ChannelDocs } from "@mgs/realtime/channel-docs";
import type { MaintenanceChangedEvent } from "@mgs/realtime/events";
import { EVENTS, MAINTENANCE_CHANNEL } from "@mgs/realtime/names";
import { z } from "zod";

const maintenanceChanged = z
  .object({
    maintenance: z
      .object({
        message: z.string(),
        starts_at: z.iso.datetime(),
        expected_end: z.iso.datetime().nullable(),
        retry_seconds: z.int(),
      })
      .nullable()
      .meta({ description: "The one that is announced or under way; null when there is none any more" }),
  })
  .meta({ id: "MaintenanceChanged" }) satisfies z.ZodType<MaintenanceChangedEvent>;

export const maintenanceAsyncApi: readonly ChannelDocs[] = [
  {
    pattern: MAINTENANCE_CHANNEL,
    summary:
      "Whether the portals are closed, or will be. It needs no authorization: whoever may open a page may know it",
    events: [
      {
        name: EVENTS.maintenanceChanged,
        summary: "A maintenance was announced, moved, begun or ended",
        payload: maintenanceChanged,
      },
    ],
  },
];
