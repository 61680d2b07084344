import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { EVENTS } from "@mgs/realtime/names";
import { presenceChannel } from "../channels";
import type { presenceChanged } from "../outbox-kinds";

/** Tells pages that show somebody how they are seen from now on. */
export const announcePresence: OutboxHandler<OutboxPayload<typeof presenceChanged>> = async (
  { publisher },
  { payload },
) => {
  await publisher.trigger(`private-${presenceChannel(payload.user_id)}`, EVENTS.presenceChanged, payload);
};
