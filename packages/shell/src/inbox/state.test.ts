import type { InboxChanges, InboxPage, NotificationDto } from "@mgs/notifications/contract/schemas";
import type { InboxChangedEvent, NotificationCreatedEvent } from "@mgs/realtime/events";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { EMPTY_INBOX, type Inbox, type InboxAction, isBehind, reduceInbox } from "./state";
import { findNewIds, viewOf } from "./views";

/** A model of the server's inbox: every change takes the next number and is announced with it. */
class Server {
  seq = 0;
  next = 1;
  rows = new Map<string, NotificationDto>();
  tombstones = new Map<string, number>();

  get unread() {
    return [...this.rows.values()].filter((row) => row.read_at === null && row.archived_at === null).length;
  }

  create(): InboxAction {
    this.seq++;
    const id = `0000-${String(this.next++).padStart(6, "0")}`;
    const created_at = new Date(this.next * 1000).toISOString();
    const place = { url: null, href: null, source: "commercial", source_name: null, sender: null };
    const row = { id, type: "t", titre: id, message: "m", ...place, created_at };
    this.rows.set(id, { ...row, read_at: null, archived_at: null, seq: this.seq });
    const event: NotificationCreatedEvent = { ...row, truncated: false, seq: this.seq, unread_count: this.unread };
    return { type: "notification", event };
  }

  change(index: number, change: Partial<NotificationDto>): InboxAction | null {
    const row = [...this.rows.values()][index % Math.max(this.rows.size, 1)];
    if (!row) return null;
    this.seq++;
    this.rows.set(row.id, { ...row, ...change, seq: this.seq });
    return this.announce("updated", [row.id]);
  }

  remove(index: number): InboxAction | null {
    const id = [...this.rows.keys()][index % Math.max(this.rows.size, 1)];
    if (!id) return null;
    this.seq++;
    this.rows.delete(id);
    this.tombstones.set(id, this.seq);
    return this.announce("deleted", [id]);
  }

  readAll(): InboxAction {
    this.seq++;
    const ids: string[] = [];
    for (const row of this.rows.values())
      if (row.read_at === null) {
        ids.push(row.id);
        this.rows.set(row.id, { ...row, read_at: "2026-01-01T00:00:00.000Z", seq: this.seq });
      }
    return this.announce("read_all", ids);
  }

  announce(op: InboxChangedEvent["op"], ids: string[]): InboxAction {
    return { type: "changed", event: { seq: this.seq, unread_count: this.unread, op, ids } };
  }

  page(): InboxPage {
    const items = [...this.rows.values()].filter((row) => row.archived_at === null).reverse();
    return { items, next_cursor: null, seq: this.seq, unread_count: this.unread };
  }

  changes(after: number): InboxChanges {
    return {
      reset: false,
      upserts: [...this.rows.values()].filter(({ seq }) => seq > after),
      tombstones: [...this.tombstones].filter(([, seq]) => seq > after).map(([id]) => id),
      seq: this.seq,
      unread_count: this.unread,
    };
  }
}

const play = (inbox: Inbox, ...actions: readonly (InboxAction | null)[]) =>
  actions.reduce<Inbox>((state, action) => (action ? reduceInbox(state, action) : state), inbox);

function started(notifications = 2) {
  const server = new Server();
  for (let i = 0; i < notifications; i++) server.create();
  return { server, inbox: play(EMPTY_INBOX, { type: "page", filter: "all", page: server.page() }) };
}

const shown = (inbox: Inbox) => viewOf(inbox, "all").rows.map(({ truncated: _, ...row }) => row);

describe("events", () => {
  test("an event with the next number is applied at once", () => {
    const { server, inbox } = started();
    const after = play(inbox, server.create());
    expect(isBehind(after)).toBe(false);
    expect(shown(after)).toEqual(server.page().items);
    expect(after.count.value).toBe(3);
  });

  test("a gap in the numbers is noticed, and the unread count is the event's", () => {
    const { server, inbox } = started();
    server.create();
    const after = play(inbox, server.create());
    expect(isBehind(after)).toBe(true);
    expect(after.seq).toBe(2);
    expect(after.count.value).toBe(4);
    expect(shown(play(after, { type: "changes", changes: server.changes(after.seq) }))).toEqual(server.page().items);
  });

  test("a duplicate and a late event change nothing", () => {
    const { server, inbox } = started();
    const first = server.create();
    const second = server.create();
    const after = play(inbox, first, second);
    expect(play(after, second, first)).toEqual(after);
  });

  test("a late event does not undo a later change of the same row", () => {
    const { server, inbox } = started(0);
    const created = server.create();
    server.change(0, { read_at: "2026-01-01T00:00:00.000Z" });
    const after = play(inbox, { type: "changes", changes: server.changes(0) }, created);
    expect(shown(after)[0]?.read_at).not.toBeNull();
    expect(after.count.value).toBe(0);
  });

  test("a deleted row does not come back with an older page", () => {
    const { server, inbox } = started();
    const page = server.page();
    const after = play(inbox, server.remove(0), { type: "page", filter: "unread", page });
    expect(shown(after)).toEqual(server.page().items);
  });

  test("an older count never replaces a newer one", () => {
    const { server, inbox } = started();
    const old = server.changes(0);
    expect(play(inbox, server.readAll(), { type: "changes", changes: old }).count.value).toBe(0);
  });
});

describe("reset", () => {
  test("starts over from the first page", () => {
    const { server, inbox } = started();
    const other = new Server();
    other.create();
    const after = play(play(inbox, server.create()), { type: "reset", pages: { all: other.page() } });
    expect(shown(after)).toEqual(other.page().items);
    expect(after).toMatchObject({ seq: 1, latestSeq: 1, count: { value: 1, seq: 1 } });
  });

  test("pages with different numbers leave changes to be fetched", () => {
    const { server, inbox } = started();
    const all = server.page();
    server.create();
    const after = play(inbox, { type: "reset", pages: { all, archived: { ...server.page(), items: [] } } });
    expect(isBehind(after)).toBe(true);
    expect(shown(play(after, { type: "changes", changes: server.changes(after.seq) }))).toEqual(server.page().items);
  });
});

describe("unconfirmed changes", () => {
  const mark = (inbox: Inbox, id: string) =>
    play(inbox, { type: "optimistic", op: 1, ids: [id], patch: { read: true } });
  const readIds = (inbox: Inbox) => shown(inbox).flatMap((row) => (row.read_at ? [row.id] : []));

  test("show at once, while the count waits for the server", () => {
    const { inbox } = started();
    const after = mark(inbox, "0000-000001");
    expect(readIds(after)).toEqual(["0000-000001"]);
    expect(after.count.value).toBe(2);
  });

  test("roll back when refused", () => {
    const { inbox } = started();
    expect(play(mark(inbox, "0000-000001"), { type: "refused", op: 1 })).toEqual(inbox);
  });

  test("stay until the rows contain them", () => {
    const { server, inbox } = started();
    server.change(0, { read_at: "2026-01-01T00:00:00.000Z" });
    const confirmed = play(mark(inbox, "0000-000001"), {
      type: "confirmed",
      op: 1,
      numbers: { seq: server.seq, unread_count: server.unread },
    });
    expect(readIds(confirmed)).toEqual(["0000-000001"]);
    expect(confirmed.count.value).toBe(1);
    const after = play(confirmed, { type: "changes", changes: server.changes(confirmed.seq) });
    expect(after.overlays).toEqual([]);
    expect(shown(after)).toEqual(server.page().items);
  });
});

describe("lists", () => {
  test("a row below the loaded part is hidden until its page is loaded", () => {
    const { server, inbox } = started(3);
    const page = { ...server.page(), items: server.page().items.slice(0, 1), next_cursor: "0000-000003" };
    const first = play(EMPTY_INBOX, { type: "page", filter: "all", page });
    const touched = play(first, server.change(0, { read_at: null }), { type: "changes", changes: server.changes(3) });
    expect(viewOf(touched, "all")).toMatchObject({ hasMore: true, rows: [{ id: "0000-000003" }] });
    expect(viewOf(inbox, "all").rows).toHaveLength(3);
  });

  test("new rows are told from old rows that have changed", () => {
    const { server, inbox } = started(1);
    const old = { id: "0000-000000", created_at: "1969-01-01T00:00:00.000Z" };
    server.create();
    expect([...findNewIds(inbox, [...server.changes(1).upserts, old])]).toEqual(["0000-000002"]);
  });
});

test("after delivered, lost, repeated and late events in any order, one fetch ends at the server's state", () => {
  const operation = fc.oneof(
    fc.constant({ kind: "create" as const }),
    fc.constant({ kind: "readAll" as const }),
    fc.record({ kind: fc.constantFrom("read", "unread", "archive", "restore", "remove"), index: fc.nat(20) }),
  );
  const delivery = fc.record({ copies: fc.integer({ min: 0, max: 2 }), delay: fc.nat(6), fetches: fc.boolean() });
  fc.assert(
    fc.property(fc.array(fc.tuple(operation, delivery), { maxLength: 40 }), (steps) => {
      const { server, inbox: start } = started(3);
      const queue: { at: number; action: InboxAction }[] = [];
      let inbox = start;
      steps.forEach(([op, { copies, delay, fetches }], time) => {
        const action = run(server, op);
        if (action) for (let copy = 0; copy < copies; copy++) queue.push({ at: time + delay * (copy + 1), action });
        for (const due of queue.filter(({ at }) => at === time)) inbox = reduceInbox(inbox, due.action);
        if (fetches) inbox = reduceInbox(inbox, { type: "changes", changes: server.changes(inbox.seq) });
      });
      for (const late of queue.filter(({ at }) => at >= steps.length)) inbox = reduceInbox(inbox, late.action);
      inbox = reduceInbox(inbox, { type: "changes", changes: server.changes(inbox.seq) });

      expect(shown(inbox)).toEqual(server.page().items);
      expect(inbox.count.value).toBe(server.unread);
      expect(isBehind(inbox)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

function run(server: Server, op: { kind: string; index?: number }): InboxAction | null {
  const index = op.index ?? 0;
  const now = "2026-01-01T00:00:00.000Z";
  if (op.kind === "create") return server.create();
  if (op.kind === "readAll") return server.readAll();
  if (op.kind === "read") return server.change(index, { read_at: now });
  if (op.kind === "unread") return server.change(index, { read_at: null });
  if (op.kind === "archive") return server.change(index, { archived_at: now });
  if (op.kind === "restore") return server.change(index, { archived_at: null });
  return server.remove(index);
}
