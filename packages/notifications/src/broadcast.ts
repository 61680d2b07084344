import type { PortalUrls } from "@mgs/core/portals";
import type { NotificationCreatedEvent } from "@mgs/realtime/events";
import { programName } from "./dto";
import { resolveHref } from "./links";
import type { Delivery } from "./notifications.repository";

/** Hosted Pusher refuses 10 kB; this leaves room for the frame around it. */
const MOST_BYTES = 9_000;
/** Least a cut message should keep; a link that leaves less room stays behind. */
const MESSAGE_BYTES = 500;

/**
 * The event for a new notification, as JSON under 9,000 bytes. What does not fit (the end of a long message, a very long
 * link) is left out with `truncated: true`; the client fetches the notification.
 */
export function toBroadcast(
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
  if (jsonBytes(event) < MOST_BYTES) return event;
  const bare = { ...event, message: "", truncated: true };
  const withLink = MOST_BYTES - 1 - jsonBytes(bare);
  if (withLink >= MESSAGE_BYTES) return { ...bare, message: cutToJsonBytes(row.message, withLink) };
  const linkless = { ...bare, url: null, href: null };
  return { ...linkless, message: cutToJsonBytes(row.message, MOST_BYTES - 1 - jsonBytes(linkless)) };
}

function jsonBytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

/** Cuts between characters as people see them; bytes are those of the text as JSON, where a quote takes two. */
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
