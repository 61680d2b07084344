import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ConversationState, fromPage, withChanges, withMessage, withNewer, withOlder } from "./conversation-state";
import type { MessageDto, MessagePage } from "./message";

const message = (place: number, seq = place, content = `n° ${place}`): MessageDto => ({
  ...{ id: `m${place}`, conversation_id: 1, kind: "text", content, place, seq, name: "" },
  auteur: { id: 1, name: "Hery", firstname: "", lastname: "Hery", avatar: null },
  ...{ mentions: [], mentioned: [], reply_to: null, attachments: [], reactions: [], people: [] },
  ...{ created_at: "2026-11-30T09:00:00.000Z", edited_at: null, deleted_at: null },
});
const page = (from: number, to: number, rest: Partial<MessagePage> = {}): MessagePage => ({
  messages: Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
  ...{ older: from > 1 ? from : null, newer: null, seq: to, ...rest },
});
const places = ({ messages }: ConversationState) => messages.map(({ place }) => place);

describe("a stretch of a conversation", () => {
  it("grows at both ends, and takes what is told only where it belongs", () => {
    let state = fromPage(page(10, 12, { newer: 12, seq: 20 }));
    state = withMessage(state, message(21)).state;
    expect([places(state), state.seq]).toEqual([[10, 11, 12], 21]);
    state = withMessage(state, message(11, 22, "autre")).state;
    expect(state.messages[1]?.content).toBe("autre");
    state = withOlder(state, page(7, 9, { older: 7 }));
    state = withNewer(state, page(13, 21, { newer: null }));
    expect(places(state)).toEqual(Array.from({ length: 15 }, (_, index) => index + 7));
    expect(withMessage(state, message(23)).state.messages.at(-1)?.place).toBe(23);
  });

  it("shows nothing that was written before its reader came, whatever is told of it", () => {
    const joined = fromPage({ ...page(5, 7), older: null });
    const told = withMessage(joined, { ...message(3, 8, ""), truncated: true });
    expect([places(told.state), told.behind]).toEqual([[5, 6, 7], true]);
    const nothing = withChanges(told.state, { reset: false, upserts: [], tombstones: [], seq: 8 });
    expect([nothing && places(nothing), nothing?.seq]).toEqual([[5, 6, 7], 8]);
  });

  it("asks for what is missing, and for a text that an event has no room for", () => {
    const state = fromPage(page(1, 3));
    expect(withMessage(state, message(5)).behind).toBe(true);
    expect(withMessage(state, message(4)).behind).toBe(false);
    const cut = withMessage(state, { ...message(4, 4, ""), truncated: true });
    expect([cut.behind, cut.state.seq]).toEqual([true, 3]);
    const whole = withChanges(cut.state, { reset: false, upserts: [message(4)], tombstones: [], seq: 4 });
    expect([whole?.messages.at(-1)?.content, whole?.seq]).toEqual(["n° 4", 4]);
    // A cut text that comes late takes no whole one away.
    const late = whole && withMessage(whole, { ...message(4, 4, ""), truncated: true });
    expect(late?.state.messages.at(-1)?.content).toBe("n° 4");
    expect(withChanges(state, { reset: true, upserts: [], tombstones: [], seq: 900 })).toBeNull();
  });

  it("is the same in whatever order, and however often, changes are told", () => {
    const change = fc.record({ place: fc.integer({ min: 1, max: 8 }) });
    fc.assert(
      fc.property(fc.array(change, { maxLength: 20 }), fc.infiniteStream(fc.nat()), (changes, random) => {
        const told = changes.map(({ place }, index) => message(place, 9 + index, `v${index}`));
        const shuffled = [...told, ...told].sort(() => (random.next().value % 2 === 0 ? 1 : -1));
        const start = fromPage({ ...page(1, 8), seq: 8 });
        const inOrder = told.reduce((state, one) => withMessage(state, one).state, start);
        const heard = shuffled.reduce((state, one) => withMessage(state, one).state, start);
        const caughtUp = withChanges(heard, { reset: false, upserts: told, tombstones: [], seq: 8 + told.length });
        expect(caughtUp?.messages).toEqual(inOrder.messages);
        expect(caughtUp?.seq).toBe(inOrder.seq);
      }),
    );
  });
});
