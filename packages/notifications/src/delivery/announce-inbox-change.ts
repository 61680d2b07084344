import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { InboxChangedEvent } from "@mgs/realtime/events";
import { EVENTS, userChannel } from "@mgs/realtime/names";
import type { inboxChanged } from "../outbox-kinds";

/** Publishes a change of an inbox to its person's open pages. */
export const announceInboxChange: OutboxHandler<OutboxPayload<typeof inboxChanged>> = async (
  { publisher },
  { payload },
) => {
  const { user_id, ...change } = payload;
  await publisher.trigger(userChannel(user_id), EVENTS.inboxChanged, change satisfies InboxChangedEvent);
};
