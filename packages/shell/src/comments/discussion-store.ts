import type { CommentChanges, CommentDto, CommentPage } from "@mgs/comments/contract/comment";
import {
  type DiscussionState,
  fromPage,
  withChanges,
  withComment,
  withOlder,
} from "@mgs/comments/contract/discussion-state";

export type DiscussionPorts = {
  /** Reads a page; without a cursor the newest. */
  readPage(before: string | null): Promise<CommentPage>;
  readChanges(after: number): Promise<CommentChanges>;
  /** Comments that came from others, each once. */
  onArrived?(comments: readonly CommentDto[]): void;
};

/**
 * A discussion as one page shows it: events and answers are merged by their numbers, and what a gap shows to be missing is asked for. Parts
 * of a page draw `get()` and listen by `subscribe`.
 */
export function createDiscussionStore(ports: DiscussionPorts, first: CommentPage) {
  let state: DiscussionState = fromPage(first);
  let newest = state.comments.at(-1)?.place ?? 0;
  let catching: Promise<boolean> | null = null;
  let again = false;
  const listeners = new Set<() => void>();

  function set(next: DiscussionState): void {
    state = next;
    const arrived = state.comments.filter(({ place }) => place > newest);
    newest = Math.max(newest, state.comments.at(-1)?.place ?? 0);
    if (arrived.length > 0) ports.onArrived?.(arrived);
    for (const listener of listeners) listener();
  }

  async function readMissing(): Promise<boolean> {
    try {
      do {
        again = false;
        const changes = await ports.readChanges(state.seq);
        // By what is known now: a comment may have been heard of while the answer was on its way.
        const next = withChanges(state, changes);
        if (next) set(next);
        else set(fromPage(await ports.readPage(null)));
      } while (again);
      return true;
    } catch {
      return false;
    }
  }

  /** Asks for what is missing; calls at once share one answer. @returns false when there was none */
  function catchUp(): Promise<boolean> {
    again = catching !== null;
    catching ??= readMissing().finally(() => {
      catching = null;
    });
    return catching;
  }

  return {
    get: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Takes a comment that was told; resolves when nothing before it is missing any more, or could not be read. */
    async hear(comment: CommentDto): Promise<void> {
      const { state: next, behind } = withComment(state, comment);
      set(next);
      if (behind) await catchUp();
    },
    catchUp,
    /** @throws the reader's error */
    async loadOlder(): Promise<void> {
      const { older } = state;
      if (older === null) return;
      const page = await ports.readPage(older);
      set(withOlder(state, page));
    },
  };
}
export type DiscussionStore = ReturnType<typeof createDiscussionStore>;
