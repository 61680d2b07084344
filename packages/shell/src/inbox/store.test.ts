import { createInboxClient } from "@mgs/notifications/contract/client";
import type { InboxPage, NotificationDto } from "@mgs/notifications/contract/schemas";
import { expect, onTestFinished, test } from "vitest";
import { createInboxStore } from "./store";

const row = (n: number, change: Partial<NotificationDto> = {}): NotificationDto => ({
  id: `01900000-0000-7000-8000-${String(n).padStart(12, "0")}`,
  type: "t",
  titre: `n ${n}`,
  message: "m",
  url: null,
  href: null,
  source: "commercial",
  source_name: null,
  sender: null,
  created_at: new Date(n * 3_600_000).toISOString(),
  read_at: null,
  archived_at: null,
  seq: n,
  ...change,
});

const page = (...items: NotificationDto[]): InboxPage => ({
  items,
  next_cursor: null,
  seq: Math.max(0, ...items.map(({ seq }) => seq)),
  unread_count: items.length,
});

/** A store over a portal that answers each path from a table; other paths fail like a lost network. */
function openStore(initial: InboxPage | null, answers: Record<string, () => unknown>) {
  const calls: string[] = [];
  const client = createInboxClient(async (input, init) => {
    const call = `${init?.method} ${String(input).replace("/api/notifications", "")}`;
    calls.push(call);
    const answer = answers[call];
    if (!answer) throw new TypeError("network");
    const data = answer();
    return data instanceof Response ? data : Response.json({ success: true, data });
  });
  const store = createInboxStore({ client, initial });
  const reported = { items: [] as string[], refusals: [] as unknown[], lost: 0 };
  store.listen({
    onNewItems: (items) => reported.items.push(...items.map(({ titre }) => titre)),
    onRefused: (reason) => reported.refusals.push(reason),
    onNoAnswer: () => reported.lost++,
  });
  onTestFinished(() => store.stop());
  const expectSeq = (seq: number) => expect.poll(() => store.getSnapshot().inbox.seq).toBe(seq);
  return { store, calls, reported, expectSeq };
}

const changes = (seq: number, upserts: NotificationDto[], rest = {}) => ({
  reset: false,
  upserts,
  tombstones: [],
  seq,
  unread_count: upserts.length,
  ...rest,
});

test("one fetch serves a burst of events with gaps", async () => {
  const upserts = [row(2), row(3), row(4)];
  const { store, calls, reported, expectSeq } = openStore(page(row(1)), {
    "GET /changes?after=1": () => changes(4, upserts),
  });
  for (const seq of [2, 3, 4]) store.onInboxChanged({ seq, unread_count: seq, op: "created", ids: [] });
  await expectSeq(4);
  expect(calls).toEqual(["GET /changes?after=1"]);
  expect(reported.items).toEqual(["n 2", "n 3", "n 4"]);
});

test("an event with all its data needs no fetch and is announced once", () => {
  const { store, calls, reported } = openStore(page(row(1)), {});
  const { read_at, archived_at, ...fields } = row(2);
  const event = { ...fields, truncated: false, unread_count: 2 };
  store.onNotification(event);
  store.onNotification(event);
  store.onInboxChanged({ seq: 2, unread_count: 2, op: "created", ids: [event.id] });
  expect(reported.items).toEqual(["n 2"]);
  expect(calls).toEqual([]);
});

test("changed old rows and read rows are not announced", async () => {
  const read = row(6, { read_at: "2026-01-01T00:00:00.000Z" });
  const { store, reported, expectSeq } = openStore(page(row(5)), {
    "GET /changes?after=5": () => changes(7, [row(1, { seq: 7 }), read]),
  });
  await store.catchUp();
  await expectSeq(7);
  expect(reported.items).toEqual([]);
});

test("a reset starts over from new pages and announces new rows in them", async () => {
  const { store, reported, expectSeq } = openStore(page(row(1)), {
    "GET /changes?after=1": () => changes(9, [], { reset: true }),
    "GET ?filter=all": () => page(row(9), row(8)),
  });
  await store.catchUp();
  await expectSeq(9);
  expect([...store.getSnapshot().inbox.items.values()].map(({ titre }) => titre)).toEqual(["n 9", "n 8"]);
  expect(reported.items).toEqual(["n 8", "n 9"]);
});

test("a change without an answer leads to a fetch, and the listener hears of the missing answer", async () => {
  const read = { ...row(1), seq: 2, read_at: "2026-01-01T00:00:00.000Z" };
  const { store, reported, expectSeq } = openStore(page(row(1)), { "GET /changes?after=1": () => changes(2, [read]) });
  await store.setRead(row(1).id, true);
  expect(reported).toMatchObject({ refusals: [], lost: 1 });
  await expectSeq(2);
  expect(store.isUnread(row(1).id)).toBe(false);
});

test("a refused change is undone, and the listener hears of it with the reason that the server gives", async () => {
  const reason = "That is not possible while you act in somebody’s name.";
  const error = { code: "IMPERSONATION_REFUSED", message: reason };
  const refuse = () => Response.json({ error }, { status: 403 });
  const { store, reported } = openStore(page(row(1)), { [`PATCH /${row(1).id}`]: refuse });
  const done = store.setRead(row(1).id, true);
  expect(store.isUnread(row(1).id)).toBe(false);
  await done;
  expect(store.isUnread(row(1).id)).toBe(true);
  expect(reported.refusals).toEqual([reason]);
});

test("an answer that gives no reason leads to none", async () => {
  const fail = () => new Response("Bad gateway", { status: 502 });
  const { store, reported } = openStore(page(row(1)), { [`PATCH /${row(1).id}`]: fail });
  await store.setRead(row(1).id, true);
  expect(reported.refusals).toEqual([undefined]);
});

test("without a first page a list is fetched on first use, and can be retried", async () => {
  const answers: Record<string, () => unknown> = {};
  const { store } = openStore(null, answers);
  store.ensure("all");
  await expect.poll(() => store.getSnapshot().status.all).toBe("failed");
  answers["GET ?filter=all"] = () => page(row(1));
  await store.loadMore("all");
  expect(store.getSnapshot()).toMatchObject({ status: { all: "idle" }, inbox: { seq: 1, count: { value: 1 } } });
});

test("what an administrator opens in a person's name is not marked read", async () => {
  const calls: string[] = [];
  const client = createInboxClient(async (input) => {
    calls.push(String(input));
    return Response.json({ success: true, data: {} });
  });
  const store = createInboxStore({ client, initial: page(row(1)), marksOpened: false });
  onTestFinished(() => store.stop());
  await store.opened(row(1).id);
  expect([store.isUnread(row(1).id), calls]).toEqual([true, []]);
});
