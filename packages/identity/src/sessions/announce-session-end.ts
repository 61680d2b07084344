import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { SessionEndedEvent } from "@mgs/realtime/events";
import { EVENTS, sessionChannel } from "@mgs/realtime/names";
import type { sessionEnded } from "../outbox-kinds";

/** Sends a session's open pages to the sign-in page, then closes its sockets. */
export const announceSessionEnd: OutboxHandler<OutboxPayload<typeof sessionEnded>> = async (
  { publisher },
  { payload, logger },
) => {
  const { user_session_id, reason, user_id, token_ids = [] } = payload;
  const event: SessionEndedEvent = { reason };
  await publisher.trigger(sessionChannel(user_session_id), EVENTS.sessionEnded, event);
  await publisher.terminateUser(user_session_id);
  // Tokens are named by their hashed identifiers, which let nobody in.
  logger.info({ user_id, user_session_id, token_ids, reason }, "Token revoked for session");
};
