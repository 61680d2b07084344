import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import { EVENTS, userChannel } from "@mgs/realtime/names";
import { presenceChannel } from "../channels";
import type { ownPresenceChanged, presenceChanged } from "../outbox-kinds";

/** Tells pages that show somebody how they are seen from now on. */
export const announcePresence: OutboxHandler<OutboxPayload<typeof presenceChanged>> = async (
  { publisher },
  { payload },
) => {
  await publisher.trigger(`private-${presenceChannel(payload.user_id)}`, EVENTS.presenceChanged, payload);
};

/** Tells somebody's own pages that they have chosen how they are seen. */
export const announceOwnPresence: OutboxHandler<OutboxPayload<typeof ownPresenceChanged>> = async (
  { publisher },
  { payload: { user_id } },
) => {
  await publisher.trigger(userChannel(user_id), EVENTS.ownPresenceChanged, {});
};
