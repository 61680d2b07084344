import { PermanentFailure } from "@mgs/jobs/delivery-attempt";
import type { OutboxPayload } from "@mgs/jobs/outbox-kind";
import type { OutboxHandler } from "@mgs/module/outbox";
import type { InboxChangedEvent } from "@mgs/realtime/events";
import { EVENTS, userChannel } from "@mgs/realtime/names";
import { toCreatedEvent } from "../broadcast";
import { toDelivery } from "../notifications.repository";
import type { notificationBroadcast } from "../outbox-kinds";

/** Publishes a new notification to its recipient's open pages, with the inbox's new number and count. */
export const broadcastNotification: OutboxHandler<OutboxPayload<typeof notificationBroadcast>> = async (
  { publisher, portalUrls },
  attempt,
) => {
  const { user_id, seq, unread_count } = attempt.payload;
  if (attempt.notificationId === null) throw new PermanentFailure("a broadcast needs its notification");
  const notification = toDelivery(attempt.notificationId, attempt.row);
  // The deletion has announced a change of its own.
  if (!notification || notification.deletedAt) return;
  const channel = userChannel(user_id);
  const event = toCreatedEvent(notification, { seq, unreadCount: unread_count }, portalUrls);
  const change: InboxChangedEvent = { seq, unread_count, op: "created", ids: [notification.id] };
  await publisher.triggerAll([
    { channel, event: EVENTS.notificationCreated, data: event },
    { channel, event: EVENTS.inboxChanged, data: change },
  ]);
};
