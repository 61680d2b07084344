import type {
  InboxChanges,
  InboxFilter,
  InboxState as InboxNumbers,
  InboxPage,
  NotificationDto,
} from "@mgs/notifications/contract/schemas";
import type { InboxChangedEvent, NotificationCreatedEvent } from "@mgs/realtime/events";

/** `truncated`: the message was cut for the broadcast; the whole of it is one GET away. */
export type InboxItem = NotificationDto & { truncated: boolean };

/** How far down a list is loaded. `cursor` fetches what comes next; null when all of it is here. */
type Window = { loaded: boolean; cursor: string | null };

export type Patch = { read?: boolean; archived?: boolean; deleted?: true };

/** A change of ours, shown before the server has it. `until`: the number that carries it, once the server said so. */
export type Overlay = { op: number; ids: readonly string[]; patch: Patch; until: number | null };

/**
 * The inbox as this page knows it. Every row carries the number of its last change, so rows merge in any order (the
 * higher number wins); `seq` is the number up to which nothing is missing, `wanted` the highest one heard of.
 */
export type Inbox = {
  seq: number;
  wanted: number;
  count: { value: number; seq: number };
  items: ReadonlyMap<string, InboxItem>;
  deleted: ReadonlySet<string>;
  windows: Readonly<Record<InboxFilter, Window>>;
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

const UNLOADED: Window = { loaded: false, cursor: null };

export const EMPTY_INBOX: Inbox = {
  seq: -1,
  wanted: -1,
  count: { value: 0, seq: -1 },
  items: new Map(),
  deleted: new Set(),
  windows: { all: UNLOADED, unread: UNLOADED, archived: UNLOADED },
  overlays: [],
};

/** True when a fetch of the changes after `seq` is due. */
export function isBehind(inbox: Inbox): boolean {
  return inbox.wanted > inbox.seq;
}

/** Pure: events may come late, twice, out of order or not at all; a fetch of the changes always ends at the truth. */
export function reduceInbox(inbox: Inbox, action: InboxAction): Inbox {
  return settle(step(inbox, action));
}

function step(inbox: Inbox, action: InboxAction): Inbox {
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
      return merge(inbox, [{ ...action.item, truncated: false }]);
    case "optimistic": {
      const { op, ids, patch } = action;
      return { ...inbox, overlays: [...inbox.overlays, { op, ids, patch, until: null }] };
    }
    case "confirmed": {
      const { op, numbers } = action;
      const overlays = inbox.overlays.map((overlay) =>
        overlay.op === op ? { ...overlay, until: numbers.seq } : overlay,
      );
      return hear({ ...inbox, overlays }, numbers.seq, numbers.unread_count);
    }
    case "refused":
      return { ...inbox, overlays: inbox.overlays.filter(({ op }) => op !== action.op) };
  }
}

/** Drops our own changes that the rows now carry. */
function settle(inbox: Inbox): Inbox {
  const overlays = inbox.overlays.filter(({ until }) => until === null || until > inbox.seq);
  return overlays.length === inbox.overlays.length ? inbox : { ...inbox, overlays };
}

/** Takes note of a number and of the count that belongs to it. */
function hear(inbox: Inbox, seq: number, unread: number): Inbox {
  return {
    ...inbox,
    wanted: Math.max(inbox.wanted, seq),
    count: seq >= inbox.count.seq ? { value: unread, seq } : inbox.count,
  };
}

/** Adds rows; of two versions of a row the higher number stays, and what was deleted stays deleted. */
function merge(inbox: Inbox, rows: readonly InboxItem[]): Inbox {
  const items = new Map(inbox.items);
  for (const row of rows) {
    if (inbox.deleted.has(row.id)) continue;
    const known = items.get(row.id);
    if (!known || row.seq >= known.seq) items.set(row.id, row);
  }
  return { ...inbox, items };
}

function remove(inbox: Inbox, ids: readonly string[]): Inbox {
  if (ids.length === 0) return inbox;
  const items = new Map(inbox.items);
  for (const id of ids) items.delete(id);
  return { ...inbox, items, deleted: new Set([...inbox.deleted, ...ids]) };
}

const whole = (rows: readonly NotificationDto[]): InboxItem[] => rows.map((row) => ({ ...row, truncated: false }));

function applyPage(inbox: Inbox, filter: InboxFilter, page: InboxPage): Inbox {
  const merged = merge(hear(inbox, page.seq, page.unread_count), whole(page.items));
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
  const heard = hear(inbox, event.seq, unread_count);
  const merged = known && known.seq >= row.seq ? heard : merge(heard, [row]);
  return { ...merged, seq: event.seq === inbox.seq + 1 ? event.seq : inbox.seq };
}

function applyChanged(inbox: Inbox, event: InboxChangedEvent): Inbox {
  if (event.seq <= inbox.seq) return inbox;
  const heard = hear(inbox, event.seq, event.unread_count);
  if (event.op !== "deleted") return heard;
  return { ...remove(heard, event.ids), seq: event.seq === inbox.seq + 1 ? event.seq : inbox.seq };
}

function applyChanges(inbox: Inbox, changes: InboxChanges): Inbox {
  const heard = hear(inbox, changes.seq, changes.unread_count);
  const merged = merge(remove(heard, changes.tombstones), whole(changes.upserts));
  return { ...merged, seq: Math.max(inbox.seq, changes.seq) };
}

/** Starts over from fresh first pages; the oldest of them says up to where nothing is missing. */
function applyReset(inbox: Inbox, pages: Partial<Record<InboxFilter, InboxPage>>): Inbox {
  const list = Object.values(pages);
  const newest = list.reduce((a, b) => (b.seq > a.seq ? b : a), list[0] ?? { seq: -1, unread_count: 0 });
  const window = (filter: InboxFilter): Window => {
    const page = pages[filter];
    return page ? { loaded: true, cursor: page.next_cursor } : UNLOADED;
  };
  const fresh: Inbox = {
    ...EMPTY_INBOX,
    seq: Math.min(...list.map(({ seq }) => seq), newest.seq),
    wanted: newest.seq,
    count: { value: newest.unread_count, seq: newest.seq },
    windows: { all: window("all"), unread: window("unread"), archived: window("archived") },
    overlays: inbox.overlays,
  };
  return list.reduce((state, page) => merge(state, whole(page.items)), fresh);
}
