import type { MessageChanges, MessageDto, MessagePage } from "@mgs/messaging/contract/message";
import { describe, expect, it } from "vitest";
import { createConversationStore } from "./conversation-store";

const message = (place: number, more: Partial<MessageDto> = {}): MessageDto => ({
  ...{ id: `m${place}`, conversation_id: 1, kind: "text", content: `n° ${place}`, place, seq: place },
  auteur: { id: 1, name: "Hery", firstname: "", lastname: "Hery", avatar: null },
  ...{ mentions: [], mentioned: [], reply_to: null, attachments: [], reactions: [], people: [], name: "" },
  ...{ created_at: "2026-11-30T09:00:00.000Z", edited_at: null, deleted_at: null, ...more },
});
const page = (places: readonly number[], rest: Partial<MessagePage> = {}): MessagePage => ({
  messages: places.map((place) => message(place)),
  ...{ older: null, newer: null, seq: Math.max(0, ...places), ...rest },
});
const changes = (upserts: readonly MessageDto[], seq: number, reset = false): MessageChanges => ({
  ...{ reset, seq, tombstones: [], upserts: [...upserts] },
});

type Asked = "page" | "changes";

/** A conversation whose answers the test gives when it wants to, in the order of what was asked. */
function open(first: MessagePage) {
  const waiting: { what: Asked; resolve: (answer: never) => void; reject: (error: Error) => void }[] = [];
  const ask = (what: Asked) => new Promise<never>((resolve, reject) => waiting.push({ what, resolve, reject }));
  const arrived: number[] = [];
  const store = createConversationStore(
    {
      readChanges: () => ask("changes"),
      readPage: () => ask("page"),
      onArrived: (messages) => arrived.push(...messages.map(({ place }) => place)),
    },
    first,
  );
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    ...{ store, arrived },
    asked: () => waiting.map(({ what }) => what),
    async answer(data: MessageChanges | MessagePage) {
      waiting.shift()?.resolve(data as never);
      await settle();
    },
    async fail() {
      waiting.shift()?.reject(new TypeError("no network"));
      await settle();
    },
    shown: () => store.get().messages.map(({ place }) => place),
    contentOf: (place: number) => store.get().messages.find((one) => one.place === place)?.content,
  };
}

describe("what is told more than once, late or out of order", () => {
  it("an own message that the channel tells before its answer stands there once", async () => {
    const { store, asked, shown, arrived } = open(page([1]));
    await store.hear(message(2));
    await store.hear(message(2));
    expect([shown(), store.get().seq, asked(), arrived]).toEqual([[1, 2], 2, [], [2]]);
  });

  it("an older version changes nothing: the edit came before it", async () => {
    const { store, contentOf, asked } = open(page([1]));
    await store.hear(message(1, { seq: 2, content: "édité", edited_at: "2026-11-30T09:01:00.000Z" }));
    await store.hear(message(1));
    expect([contentOf(1), store.get().seq, asked()]).toEqual(["édité", 2, []]);
  });

  it("a gap is asked for, and what is told behind it is shown at once", async () => {
    const { store, answer, asked, shown, arrived } = open(page([1]));
    const heard = store.hear(message(4));
    expect([shown(), asked()]).toEqual([[1, 4], ["changes"]]);
    await answer(changes([message(2), message(3), message(4)], 4));
    await heard;
    expect([shown(), store.get().seq, asked()]).toEqual([[1, 2, 3, 4], 4, []]);
    expect(arrived).toEqual([4, 2, 3]);
  });

  it("a message that was cut for its event is asked for, and its text is not cut again by a late event", async () => {
    const { store, answer, asked, contentOf } = open(page([1]));
    const cut = message(2, { content: "le déb", truncated: true });
    const heard = store.hear(cut);
    expect(asked()).toEqual(["changes"]);
    await answer(changes([message(2, { content: "le début et la fin" })], 2));
    await heard;
    await store.hear(cut);
    expect([contentOf(2), asked()]).toEqual(["le début et la fin", []]);
  });
});

describe("while the store catches up", () => {
  it("what is heard meanwhile stays: the answer is older", async () => {
    const { store, answer, shown } = open(page([1, 2]));
    const caughtUp = store.catchUp();
    await store.hear(message(3));
    await answer(changes([], 2));
    await caughtUp;
    expect([shown(), store.get().seq]).toEqual([[1, 2, 3], 3]);
  });

  it("an edit and a deletion that are heard meanwhile are not undone by the older answer", async () => {
    const { store, answer, contentOf } = open(page([1, 2]));
    const caughtUp = store.catchUp();
    await store.hear(message(1, { seq: 3, content: "édité" }));
    await store.hear(message(2, { seq: 4, content: "", deleted_at: "2026-11-30T09:02:00.000Z" }));
    await answer(changes([message(1), message(2)], 2));
    await caughtUp;
    expect([contentOf(1), contentOf(2), store.get().seq]).toEqual(["édité", "", 4]);
  });

  it("a second call waits for an answer that was asked for after it", async () => {
    const { store, answer, asked, shown } = open(page([1]));
    const first = store.catchUp();
    const second = store.catchUp();
    expect(asked()).toEqual(["changes"]);
    await answer(changes([], 1));
    expect(asked()).toEqual(["changes"]);
    await answer(changes([message(2)], 2));
    expect(await Promise.all([first, second])).toEqual([true, true]);
    expect(shown()).toEqual([1, 2]);
  });

  it("without an answer it says so, and asks again the next time", async () => {
    const { store, answer, fail, asked, shown } = open(page([1]));
    const first = store.catchUp();
    await fail();
    expect(await first).toBe(false);
    const again = store.catchUp();
    await answer(changes([message(2)], 2));
    expect(await again).toBe(true);
    expect([shown(), asked()]).toEqual([[1, 2], []]);
  });

  it("after too much the newest are read anew, and what is heard meanwhile is asked for once more", async () => {
    const { store, answer, asked, shown } = open(page([1]));
    const caughtUp = store.catchUp();
    await answer(changes([], 900, true));
    void store.hear(message(901));
    await answer(page([899, 900], { older: 899 }));
    expect(asked()).toEqual(["changes"]);
    await answer(changes([message(901)], 901));
    await caughtUp;
    expect([shown(), store.get().seq]).toEqual([[899, 900, 901], 901]);
  });
});

describe("a stretch of a long conversation", () => {
  it("grows on both sides, each page read once, and keeps what is heard meanwhile", async () => {
    const { store, answer, asked, shown } = open(page([51, 52], { older: 51, newer: 52, seq: 90 }));
    const older = [store.loadOlder(), store.loadOlder()];
    expect(asked()).toEqual(["page"]);
    await store.hear(message(52, { seq: 91, content: "édité" }));
    await answer(page([49, 50], { older: 49, seq: 90 }));
    await Promise.all(older);
    const newer = store.loadNewer();
    await answer(page([53, 54], { newer: 54, seq: 91 }));
    await newer;
    expect([shown(), store.get().older, store.get().newer]).toEqual([[49, 50, 51, 52, 53, 54], 49, 54]);
  });

  it("does not show what is told beyond its end, and tells nobody of it as new", async () => {
    const { store, shown, arrived } = open(page([51, 52], { older: 51, newer: 52, seq: 90 }));
    await store.hear(message(91));
    expect([shown(), arrived, store.get().seq]).toEqual([[51, 52], [], 91]);
  });

  it("shows the newest when its reader goes there, with what came on the way", async () => {
    const { store, answer, shown, arrived } = open(page([1, 2], { newer: 2, seq: 90 }));
    const jumped = store.jump({});
    await answer(page([89, 90], { older: 89, seq: 90 }));
    await answer(changes([message(91)], 91));
    await jumped;
    expect([shown(), store.get().newer, arrived]).toEqual([[89, 90, 91], null, [91]]);
  });

  it("stays as it was when a page could not be read, and reads it the next time", async () => {
    const { store, answer, fail, shown } = open(page([51], { older: 51, seq: 51 }));
    const failed = store.loadOlder();
    const refused = expect(failed).rejects.toThrow("no network");
    await fail();
    await refused;
    expect(shown()).toEqual([51]);
    const again = store.loadOlder();
    await answer(page([50], { seq: 51 }));
    await again;
    expect(shown()).toEqual([50, 51]);
  });
});
