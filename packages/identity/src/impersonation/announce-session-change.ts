import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { SessionChangedEvent } from "@mgs/realtime/events";
import { EVENTS, sessionChannel } from "@mgs/realtime/names";
import type { sessionChanged } from "../outbox-kinds";

/** Tells a browser's open pages as whom it goes on; those of somebody else load anew. Then it closes sockets that hold no more. */
export const announceSessionChange: OutboxHandler<OutboxPayload<typeof sessionChanged>> = async (
  { publisher },
  { payload },
) => {
  const event: SessionChangedEvent = { user_id: payload.user_id };
  await publisher.trigger(sessionChannel(payload.user_session_id), EVENTS.sessionChanged, event);
  for (const holder of payload.holders) await publisher.terminateUser(holder);
};
