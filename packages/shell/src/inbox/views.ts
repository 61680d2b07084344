import type { InboxFilter } from "@mgs/notifications/contract/schemas";
import type { Inbox, InboxItem, Overlay } from "./state";

/** One list as it is shown: rows newest first, and whether there are more to load. */
export type InboxView = { rows: readonly InboxItem[]; loaded: boolean; hasMore: boolean };

const BELONGS: Record<InboxFilter, (item: InboxItem) => boolean> = {
  all: (item) => item.archived_at === null,
  unread: (item) => item.archived_at === null && item.read_at === null,
  archived: (item) => item.archived_at !== null,
};

/**
 * The rows of a list with our unconfirmed changes on top. A row older than what is loaded waits for its page, so that
 * no hole shows. Ids are UUID version 7: their order is the order of creation.
 */
export function viewOf(inbox: Inbox, filter: InboxFilter): InboxView {
  const { loaded, cursor } = inbox.windows[filter];
  const rows: InboxItem[] = [];
  for (const item of inbox.items.values()) {
    if (cursor !== null && item.id < cursor) continue;
    const shown = overlaid(item, inbox.overlays);
    if (shown && BELONGS[filter](shown)) rows.push(shown);
  }
  return { rows: rows.sort((a, b) => (a.id < b.id ? 1 : -1)), loaded, hasMore: cursor !== null };
}

function overlaid(item: InboxItem, overlays: readonly Overlay[]): InboxItem | null {
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
 * Rows of `changes` that this page has not met and that are new rather than old ones touched again. Hosts' clocks and
 * racing sends may swap neighbours, hence a minute of tolerance.
 */
export function newcomers(inbox: Inbox, rows: readonly { id: string; created_at: string }[]): Set<string> {
  let newest = 0;
  for (const item of inbox.items.values()) newest = Math.max(newest, Date.parse(item.created_at));
  const since = newest - 60_000;
  return new Set(
    rows
      .filter(({ id, created_at }) => !inbox.items.has(id) && !inbox.deleted.has(id) && Date.parse(created_at) > since)
      .map(({ id }) => id),
  );
}
