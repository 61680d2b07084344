import type { InboxChangedEvent } from "@mgs/realtime/events";
import { EVENTS, userChannel } from "@mgs/realtime/names";
import type { Handler } from "../delivery/handler";

/** Tells a person's open pages that their inbox has changed. */
export const announceInboxChange: Handler<"inbox.changed"> = async ({ publisher }, { payload }) => {
  const { user_id, ...change } = payload;
  await publisher.trigger(userChannel(user_id), EVENTS.inboxChanged, change satisfies InboxChangedEvent);
};
