import { toBroadcast } from "@mgs/notifications/broadcast";
import type { InboxChangedEvent } from "@mgs/realtime/events";
import { EVENTS, userChannel } from "@mgs/realtime/names";
import { type Handler, PermanentFailure } from "../delivery/handler";

/** Shows a new notification in its reader's open pages, and tells them the inbox's new number and count. */
export const broadcastNotification: Handler<"notification.broadcast"> = async (deps, attempt) => {
  const { publisher, portalUrls } = deps;
  const { notification, notificationId, payload } = attempt;
  const { user_id, seq, unread_count } = payload;
  if (notificationId === null) throw new PermanentFailure("a broadcast needs its notification");
  // Deleted meanwhile: its own change has been announced.
  if (!notification || notification.deletedAt) return;
  const channel = userChannel(user_id);
  const event = toBroadcast(notification, { seq, unreadCount: unread_count }, portalUrls);
  const change: InboxChangedEvent = { seq, unread_count, op: "created", ids: [notification.id] };
  await publisher.triggerAll([
    { channel, event: EVENTS.notificationCreated, data: event },
    { channel, event: EVENTS.inboxChanged, data: change },
  ]);
};
