import type { CommentChanges, CommentDto, CommentPage } from "@mgs/comments/contract/comment";
import { describe, expect, it } from "vitest";
import { createDiscussionStore } from "./discussion-store";

const comment = (place: number, seq = place): CommentDto => ({
  ...{ id: `c${place}`, content: `n° ${place}`, place, seq, parent_id: null, thread_id: null, hidden: null },
  user: { id: 1, firstname: "", lastname: "Hery", avatar: null },
  ...{ mentions: [], mentioned: [], reactions: [], resolved: null, edited_at: null, deleted_at: null },
  ...{ created_at: "2026-11-30T09:00:00.000Z", updated_at: "2026-11-30T09:00:00.000Z" },
});
const page = (places: readonly number[], rest: Partial<CommentPage> = {}): CommentPage => ({
  comments: places.map((place) => comment(place)),
  pagination: { page: 1, limit: 20, total: places.length, totalPages: 1 },
  ...{ next: null, seq: Math.max(...places), ...rest },
});
const changes = (places: readonly number[], seq: number, reset = false): CommentChanges => ({
  ...{ reset, seq, tombstones: [], upserts: places.map((place) => comment(place)) },
});

/** A discussion whose answers the test gives when it wants to. */
function open(first: CommentPage) {
  const waiting: ((answer: CommentChanges | CommentPage) => void)[] = [];
  const ask = () => new Promise<never>((resolve) => waiting.push(resolve as never));
  const store = createDiscussionStore({ readChanges: ask, readPage: ask }, first);
  const answer = async (data: CommentChanges | CommentPage) => {
    waiting.shift()?.(data);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { store, answer, asked: () => waiting.length, places: () => store.get().comments.map(({ place }) => place) };
}

describe("a discussion that is catching up", () => {
  it("keeps a comment that is heard of meanwhile: the answer is older than it", async () => {
    const { store, answer, places } = open(page([1, 2]));
    const caughtUp = store.catchUp();
    await store.hear(comment(3));
    await answer(changes([], 2));
    await caughtUp;
    expect([places(), store.get().seq]).toEqual([[1, 2, 3], 3]);
  });

  it("keeps it also while older comments are read", async () => {
    const { store, answer, places } = open(page([3, 4], { next: "3" }));
    const loaded = store.loadOlder();
    await store.hear(comment(5));
    await answer(page([1, 2], { seq: 4 }));
    await loaded;
    expect([places(), store.get().seq]).toEqual([[1, 2, 3, 4, 5], 5]);
  });

  it("asks for it once more when the discussion is read anew meanwhile", async () => {
    const { store, answer, asked, places } = open(page([1]));
    const caughtUp = store.catchUp();
    await answer(changes([], 900, true));
    void store.hear(comment(901));
    await answer(page([899, 900]));
    expect(asked()).toBe(1);
    await answer(changes([901], 901));
    await caughtUp;
    expect([places(), store.get().seq]).toEqual([[899, 900, 901], 901]);
  });
});
