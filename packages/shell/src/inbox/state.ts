import type {
  InboxChanges,
  InboxFilter,
  InboxState as InboxNumbers,
  InboxPage,
  NotificationDto,
} from "@mgs/notifications/contract/schemas";
import type { InboxChangedEvent, NotificationCreatedEvent } from "@mgs/realtime/events";

/** `truncated`: the broadcast has cut the message; a GET returns all of it. */
export type InboxItem = NotificationDto & { truncated: boolean };

/** The loaded part of a list. `cursor` fetches the next page; null when all pages are loaded. */
type LoadedRange = { loaded: boolean; cursor: string | null };

export type Patch = { read?: boolean; archived?: boolean; deleted?: true };

/** A change that this page shows before the server has confirmed it. `confirmedSeq`: the number that the server gave to it. */
export type Overlay = { op: number; ids: readonly string[]; patch: Patch; confirmedSeq: number | null };

/**
 * The inbox as this page knows it. Every row has the number of its last change, so rows merge in any order (the higher number
 * wins). The page has every change up to `seq`; `latestSeq` is the highest number that it has seen.
 */
export type Inbox = {
  seq: number;
  latestSeq: number;
  count: { value: number; seq: number };
  items: ReadonlyMap<string, InboxItem>;
  deleted: ReadonlySet<string>;
  windows: Readonly<Record<InboxFilter, LoadedRange>>;
  overlays: readonly Overlay[];
};

export type InboxAction =
  | { type: "page"; filter: InboxFilter; page: InboxPage }
  | { type: "notification"; event: NotificationCreatedEvent }
  | { type: "changed"; event: InboxChangedEvent }
  | { type: "changes"; changes: InboxChanges }
  | { type: "reset"; pages: Partial<Record<InboxFilter, InboxPage>> }
  | { type: "item"; item: NotificationDto }
  | { type: "optimistic"; op: number; ids: readonly string[]; patch: Patch }
  | { type: "confirmed"; op: number; numbers: InboxNumbers }
  | { type: "refused"; op: number };

const UNLOADED: LoadedRange = { loaded: false, cursor: null };

export const EMPTY_INBOX: Inbox = {
  seq: -1,
  latestSeq: -1,
  count: { value: 0, seq: -1 },
  items: new Map(),
  deleted: new Set(),
  windows: { all: UNLOADED, unread: UNLOADED, archived: UNLOADED },
  overlays: [],
};

/** True when a fetch of the changes after `seq` is due. */
export function isBehind(inbox: Inbox): boolean {
  return inbox.latestSeq > inbox.seq;
}

/**
 * Applies an action to the inbox, as a pure function. Events may come late, twice, out of order or not at all: after a fetch of
 * the changes the inbox equals the server's.
 */
export function reduceInbox(inbox: Inbox, action: InboxAction): Inbox {
  return dropConfirmedOverlays(applyAction(inbox, action));
}

function applyAction(inbox: Inbox, action: InboxAction): Inbox {
  switch (action.type) {
    case "page":
      return applyPage(inbox, action.filter, action.page);
    case "notification":
      return applyNotification(inbox, action.event);
    case "changed":
      return applyChanged(inbox, action.event);
    case "changes":
      return applyChanges(inbox, action.changes);
    case "reset":
      return applyReset(inbox, action.pages);
    case "item":
      return mergeRows(inbox, [{ ...action.item, truncated: false }]);
    case "optimistic": {
      const { op, ids, patch } = action;
      return { ...inbox, overlays: [...inbox.overlays, { op, ids, patch, confirmedSeq: null }] };
    }
    case "confirmed": {
      const { op, numbers } = action;
      const overlays = inbox.overlays.map((overlay) =>
        overlay.op === op ? { ...overlay, confirmedSeq: numbers.seq } : overlay,
      );
      return recordSeq({ ...inbox, overlays }, numbers.seq, numbers.unread_count);
    }
    case "refused":
      return { ...inbox, overlays: inbox.overlays.filter(({ op }) => op !== action.op) };
  }
}

/** Drops the overlays of changes that the rows contain. */
function dropConfirmedOverlays(inbox: Inbox): Inbox {
  const overlays = inbox.overlays.filter(({ confirmedSeq }) => confirmedSeq === null || confirmedSeq > inbox.seq);
  return overlays.length === inbox.overlays.length ? inbox : { ...inbox, overlays };
}

/** Records a number, and the unread count that belongs to it. */
function recordSeq(inbox: Inbox, seq: number, unread: number): Inbox {
  return {
    ...inbox,
    latestSeq: Math.max(inbox.latestSeq, seq),
    count: seq >= inbox.count.seq ? { value: unread, seq } : inbox.count,
  };
}

/** Adds rows. Of two versions of a row the one with the higher number stays, and a deleted row stays deleted. */
function mergeRows(inbox: Inbox, rows: readonly InboxItem[]): Inbox {
  const items = new Map(inbox.items);
  for (const row of rows) {
    if (inbox.deleted.has(row.id)) continue;
    const known = items.get(row.id);
    if (!known || row.seq >= known.seq) items.set(row.id, row);
  }
  return { ...inbox, items };
}

function removeRows(inbox: Inbox, ids: readonly string[]): Inbox {
  if (ids.length === 0) return inbox;
  const items = new Map(inbox.items);
  for (const id of ids) items.delete(id);
  return { ...inbox, items, deleted: new Set([...inbox.deleted, ...ids]) };
}

const toItems = (rows: readonly NotificationDto[]): InboxItem[] => rows.map((row) => ({ ...row, truncated: false }));

function applyPage(inbox: Inbox, filter: InboxFilter, page: InboxPage): Inbox {
  const merged = mergeRows(recordSeq(inbox, page.seq, page.unread_count), toItems(page.items));
  return {
    ...merged,
    seq: inbox.seq < 0 ? page.seq : inbox.seq,
    windows: { ...inbox.windows, [filter]: { loaded: true, cursor: page.next_cursor } },
  };
}

function applyNotification(inbox: Inbox, event: NotificationCreatedEvent): Inbox {
  if (event.seq <= inbox.seq) return inbox;
  const { unread_count, ...fields } = event;
  const row: InboxItem = { ...fields, read_at: null, archived_at: null };
  const known = inbox.items.get(row.id);
  const recorded = recordSeq(inbox, event.seq, unread_count);
  const merged = known && known.seq >= row.seq ? recorded : mergeRows(recorded, [row]);
  return { ...merged, seq: event.seq === inbox.seq + 1 ? event.seq : inbox.seq };
}

function applyChanged(inbox: Inbox, event: InboxChangedEvent): Inbox {
  if (event.seq <= inbox.seq) return inbox;
  const recorded = recordSeq(inbox, event.seq, event.unread_count);
  if (event.op !== "deleted") return recorded;
  return { ...removeRows(recorded, event.ids), seq: event.seq === inbox.seq + 1 ? event.seq : inbox.seq };
}

function applyChanges(inbox: Inbox, changes: InboxChanges): Inbox {
  const recorded = recordSeq(inbox, changes.seq, changes.unread_count);
  const merged = mergeRows(removeRows(recorded, changes.tombstones), toItems(changes.upserts));
  return { ...merged, seq: Math.max(inbox.seq, changes.seq) };
}

/** Starts over from new first pages. Every change is in them up to the number of the oldest page. */
function applyReset(inbox: Inbox, pages: Partial<Record<InboxFilter, InboxPage>>): Inbox {
  const list = Object.values(pages);
  const newest = list.reduce((a, b) => (b.seq > a.seq ? b : a), list[0] ?? { seq: -1, unread_count: 0 });
  const window = (filter: InboxFilter): LoadedRange => {
    const page = pages[filter];
    return page ? { loaded: true, cursor: page.next_cursor } : UNLOADED;
  };
  const fresh: Inbox = {
    ...EMPTY_INBOX,
    seq: Math.min(...list.map(({ seq }) => seq), newest.seq),
    latestSeq: newest.seq,
    count: { value: newest.unread_count, seq: newest.seq },
    windows: { all: window("all"), unread: window("unread"), archived: window("archived") },
    overlays: inbox.overlays,
  };
  return list.reduce((state, page) => mergeRows(state, toItems(page.items)), fresh);
}
