import type { PortalUrls } from "@mgs/core/portals";
import type { NotificationCreatedEvent } from "@mgs/realtime/events";
import { programName } from "./dto";
import { resolveHref } from "./links";
import type { Delivery } from "./notifications.repository";

/** Hosted Pusher refuses events above 10 kB; the rest is for the frame around the event. */
const MAX_EVENT_BYTES = 9_000;
/** A cut message has at least this length; the event leaves out a link that leaves less room. */
const MIN_MESSAGE_BYTES = 500;

/**
 * Makes the event for a new notification, as JSON under 9,000 bytes. It leaves out the end of a long message, and a very
 * long link, with `truncated: true`; the client then fetches the notification.
 */
export function toCreatedEvent(
  row: Pick<Delivery, "id" | "type" | "titre" | "message" | "url" | "source" | "sourceName" | "sender" | "createdAt">,
  { seq, unreadCount }: { seq: number; unreadCount: number },
  portalUrls: PortalUrls,
): NotificationCreatedEvent {
  const event: NotificationCreatedEvent = {
    id: row.id,
    type: row.type,
    titre: row.titre,
    message: row.message,
    truncated: false,
    url: row.url,
    href: resolveHref(row.url, row.source, portalUrls),
    source: row.source,
    source_name: programName(row.source, row.sourceName),
    sender: row.sender,
    created_at: row.createdAt.toISOString(),
    seq,
    unread_count: unreadCount,
  };
  if (jsonBytes(event) < MAX_EVENT_BYTES) return event;
  const bare = { ...event, message: "", truncated: true };
  const withLink = MAX_EVENT_BYTES - 1 - jsonBytes(bare);
  if (withLink >= MIN_MESSAGE_BYTES) return { ...bare, message: cutToJsonBytes(row.message, withLink) };
  const linkless = { ...bare, url: null, href: null };
  return { ...linkless, message: cutToJsonBytes(row.message, MAX_EVENT_BYTES - 1 - jsonBytes(linkless)) };
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Cuts a text between characters as people see them. It counts the bytes of the text as JSON, where a quote takes two. */
function cutToJsonBytes(text: string, maxBytes: number): string {
  let bytes = 0;
  let end = 0;
  for (const { segment, index } of new Intl.Segmenter().segment(text)) {
    bytes += jsonBytes(segment) - 2;
    if (bytes > maxBytes) break;
    end = index + segment.length;
  }
  return text.slice(0, end);
}
