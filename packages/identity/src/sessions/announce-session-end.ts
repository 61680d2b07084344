import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { SessionEndedEvent } from "@mgs/realtime/events";
import { EVENTS, sessionChannel } from "@mgs/realtime/names";
import type { sessionEnded } from "../outbox-kinds";

/** Sends a session's open pages to the sign-in page, then closes its sockets. */
export const announceSessionEnd: OutboxHandler<OutboxPayload<typeof sessionEnded>> = async (
  { publisher },
  { payload },
) => {
  const { user_session_id, reason } = payload;
  const event: SessionEndedEvent = { reason };
  await publisher.trigger(sessionChannel(user_session_id), EVENTS.sessionEnded, event);
  await publisher.terminateUser(user_session_id);
};
