import { isPortal, type PortalUrls } from "@mgs/core/portals";
import type { NotificationDto } from "./contract/schemas";
import { resolveHref } from "./links";

/** A notification as the repositories read it. */
export type NotificationRow = {
  id: string;
  seq: bigint;
  type: string;
  titre: string;
  message: string;
  url: string | null;
  source: string;
  /** Name of the client `source`; null when it was revoked, or removed. */
  sourceName: string | null;
  senderId: number | null;
  senderName: string | null;
  createdAt: Date;
  readAt: Date | null;
  archivedAt: Date | null;
};

export function toDto(row: NotificationRow, portalUrls: PortalUrls): NotificationDto {
  return {
    id: row.id,
    type: row.type,
    titre: row.titre,
    message: row.message,
    url: row.url,
    href: resolveHref(row.url, row.source, portalUrls),
    source: row.source,
    source_name: programName(row.source, row.sourceName),
    sender: row.senderId === null ? null : { id: row.senderId, name: row.senderName ?? "" },
    created_at: row.createdAt.toISOString(),
    read_at: row.readAt?.toISOString() ?? null,
    archived_at: row.archivedAt?.toISOString() ?? null,
    seq: Number(row.seq),
  };
}

/** The name of a machine client; null for a portal, which pages name in their reader's language. */
export function programName(source: string, clientName: string | null): string | null {
  return isPortal(source) ? null : clientName;
}
