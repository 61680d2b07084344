import { IDBFactory } from "fake-indexeddb";
import { describe, expect, test } from "vitest";
import { createOutbox, type OutboxPorts, type SendResult } from "./outbox";
import { createOutboxStore, type OutboxEntry } from "./outbox-store";

const SENT: SendResult = { kind: "sent", data: null };
const LATER: SendResult = { kind: "later", afterMs: null };
const refused = (code: string): SendResult => ({ kind: "refused", refusal: { code, message: code } });

/** An outbox over a store that tabs share; `answer` decides what becomes of each try. */
function open(
  answer: (entry: OutboxEntry) => SendResult | Promise<SendResult>,
  databases = new IDBFactory(),
  locks = queue(),
) {
  const sent: string[] = [];
  const pauses: number[] = [];
  const ports: OutboxPorts = {
    store: createOutboxStore(databases),
    async send(entry) {
      const result = await answer(entry);
      if (result.kind === "sent") sent.push(entry.id);
      return result;
    },
    exclusively: locks,
    onSent: () => undefined,
    announce: () => undefined,
    wait: async (ms) => void pauses.push(ms),
  };
  const outbox = createOutbox(ports, 1);
  const add = (id: string) => outbox.add({ id, lane: "a", path: "/x", body: { id }, at: 0 });
  return { outbox, sent, pauses, add, flush: () => outbox.flush("a") };
}

/** One task after the other, as Web Locks run them. */
function queue(): OutboxPorts["exclusively"] {
  let last: Promise<unknown> = Promise.resolve();
  return (_, task) => {
    const done = last.then(task);
    last = done.catch(() => undefined);
    return done;
  };
}

describe("an outbox", () => {
  test("sends in order, waits longer and longer without an answer, and loses nothing over a reload", async () => {
    const databases = new IDBFactory();
    let tries = 0;
    const page = open(() => (++tries <= 4 ? LATER : SENT), databases);
    for (const id of ["1", "2", "3"]) await page.add(id);
    await page.flush();
    expect(page.sent).toEqual(["1", "2", "3"]);
    expect(page.pauses).toEqual([1_000, 2_000, 4_000, 8_000]);
    await page.add("4");
    const reloaded = open(() => SENT, databases);
    expect((await reloaded.outbox.list("a")).map(({ id }) => id)).toEqual(["4"]);
    await reloaded.flush();
    expect(reloaded.sent).toEqual(["4"]);
  });

  test("waits as long as the server says", async () => {
    let tries = 0;
    const page = open(() => (++tries === 1 ? { kind: "later", afterMs: 45_000 } : SENT));
    await page.add("1");
    await page.flush();
    expect(page.pauses).toEqual([45_000]);
  });

  test("keeps what is refused in sight, and sends what stands behind it", async () => {
    let word = "FORBIDDEN";
    const page = open(({ id }) => (id === "1" && word !== "" ? refused(word) : SENT));
    for (const id of ["1", "2"]) await page.add(id);
    await page.flush();
    expect(page.sent).toEqual(["2"]);
    const [entry] = await page.outbox.list("a");
    if (!entry) throw new Error("the refused entry is gone");
    expect(entry.refusal).toEqual({ code: "FORBIDDEN", message: "FORBIDDEN" });
    word = "";
    await page.outbox.retry(entry, { ...entry.body, grant: [7] });
    await page.flush();
    expect(page.sent).toEqual(["2", "1"]);
    expect(await page.outbox.list("a")).toEqual([]);
  });

  test("of two tabs sends each text once", async () => {
    const [databases, locks] = [new IDBFactory(), queue()];
    const tabs = [open(() => SENT, databases, locks), open(() => SENT, databases, locks)] as const;
    for (let i = 0; i < 20; i++) await tabs[i % 2 === 0 ? 0 : 1].add(String(i));
    await Promise.all(tabs.map((tab) => tab.flush()));
    const all = [...tabs[0].sent, ...tabs[1].sent].sort((a, b) => Number(a) - Number(b));
    expect(all).toEqual(Array.from({ length: 20 }, (_, i) => String(i)));
  });

  test("sends what comes while it sends, and another person's texts never", async () => {
    const databases = new IDBFactory();
    const page = open(async ({ id }) => {
      if (id === "1") await page.add("2");
      return SENT;
    }, databases);
    await createOutboxStore(databases).add({
      id: "9",
      userId: 2,
      lane: "a",
      path: "/x",
      body: {},
      at: 0,
      refusal: null,
    });
    await page.add("1");
    await page.flush();
    expect(page.sent).toEqual(["1", "2"]);
    expect(await page.outbox.lanes()).toEqual([]);
  });

  test("keeps how a change is sent, and what the page needs to show it, over a reload", async () => {
    const databases = new IDBFactory();
    const change = { id: "1", lane: "a", method: "PUT", path: "/x/7", body: { content: "y" }, at: 0 } as const;
    await open(() => LATER, databases).outbox.add({ ...change, note: { edits: "7" } });
    const sent: OutboxEntry[] = [];
    const reloaded = open((entry) => {
      sent.push(entry);
      return SENT;
    }, databases);
    await reloaded.flush();
    expect(sent).toMatchObject([{ ...change, note: { edits: "7" } }]);
  });

  test("says that it could not keep a text, and keeps it at the next try", async () => {
    const databases = new IDBFactory();
    let isFull = true;
    const open = (name: string, version?: number) => {
      if (isFull) throw new DOMException("full", "QuotaExceededError");
      return databases.open(name, version);
    };
    const store = createOutboxStore({ open });
    const text = { id: "1", userId: 1, lane: "a", path: "/x", body: {}, at: 0, refusal: null };
    await expect(store.add(text)).rejects.toThrow("full");
    isFull = false;
    await store.add(text);
    expect((await store.list(1, "a")).map(({ id }) => id)).toEqual(["1"]);
  });

  test("lasts as long as the page where the browser refuses its storage", async () => {
    const store = createOutboxStore(undefined);
    await store.add({ id: "1", userId: 1, lane: "a", path: "/x", body: {}, at: 0, refusal: null });
    expect((await store.list(1, "a")).map(({ id }) => id)).toEqual(["1"]);
    await store.remove("1");
    expect(await store.lanes(1)).toEqual([]);
  });
});
