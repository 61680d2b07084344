import type { InboxFilter } from "@mgs/notifications/contract/schemas";
import type { Inbox, InboxItem, Overlay } from "./state";

/** One list as the page shows it, newest first; `hasMore`: the server has more rows. */
export type InboxView = { rows: readonly InboxItem[]; loaded: boolean; hasMore: boolean };

const CLOCK_TOLERANCE_MS = 60_000;

const IS_IN_LIST: Record<InboxFilter, (item: InboxItem) => boolean> = {
  all: (item) => item.archived_at === null,
  unread: (item) => item.archived_at === null && item.read_at === null,
  archived: (item) => item.archived_at !== null,
};

/**
 * Selects the rows of a list and applies unconfirmed changes to them. It leaves out rows below the loaded part until their page
 * is loaded, so that the list has no gap. Ids are UUID version 7: their order is the order of creation.
 */
export function viewOf(inbox: Inbox, filter: InboxFilter): InboxView {
  const { loaded, cursor } = inbox.windows[filter];
  const rows: InboxItem[] = [];
  for (const item of inbox.items.values()) {
    if (cursor !== null && item.id < cursor) continue;
    const shown = applyOverlays(item, inbox.overlays);
    if (shown && IS_IN_LIST[filter](shown)) rows.push(shown);
  }
  return { rows: rows.sort((a, b) => (a.id < b.id ? 1 : -1)), loaded, hasMore: cursor !== null };
}

function applyOverlays(item: InboxItem, overlays: readonly Overlay[]): InboxItem | null {
  let shown = item;
  for (const { ids, patch } of overlays) {
    if (!ids.includes(item.id)) continue;
    if (patch.deleted) return null;
    if (patch.read !== undefined) shown = { ...shown, read_at: patch.read ? (shown.read_at ?? item.created_at) : null };
    if (patch.archived !== undefined)
      shown = { ...shown, archived_at: patch.archived ? (shown.archived_at ?? item.created_at) : null };
  }
  return shown;
}

/**
 * Finds the ids of new notifications among changed rows: rows that this page does not have and that are no older than its
 * newest. One minute of tolerance allows for hosts whose clocks differ, and for sends at the same time.
 */
export function findNewIds(inbox: Inbox, rows: readonly { id: string; created_at: string }[]): Set<string> {
  let newest = 0;
  for (const item of inbox.items.values()) newest = Math.max(newest, Date.parse(item.created_at));
  const since = newest - CLOCK_TOLERANCE_MS;
  return new Set(
    rows
      .filter(({ id, created_at }) => !inbox.items.has(id) && !inbox.deleted.has(id) && Date.parse(created_at) > since)
      .map(({ id }) => id),
  );
}
