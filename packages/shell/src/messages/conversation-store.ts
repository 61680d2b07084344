import {
  type ConversationState,
  fromPage,
  withChanges,
  withMessage,
  withNewer,
  withOlder,
} from "@mgs/messaging/contract/conversation-state";
import type { MessageChanges, MessageDto, MessagePage } from "@mgs/messaging/contract/message";

export type ConversationPorts = {
  /** Reads a stretch; without a place the newest messages. */
  readPage(stretch: { before?: number; after?: number; around?: number }): Promise<MessagePage>;
  readChanges(after: number): Promise<MessageChanges>;
  /** New messages at the end of the conversation, each once, also those that the stretch does not show. */
  onArrived?(messages: readonly MessageDto[]): void;
};

/**
 * A conversation as one page shows it: one stretch of its messages, merged with events and answers by their numbers; what a gap shows to be missing is
 * asked for. Parts of a page draw `get()` and listen by `subscribe`.
 */
export function createConversationStore(ports: ConversationPorts, first: MessagePage) {
  let state: ConversationState = fromPage(first);
  /** What stands behind this place has arrived since; null: the end has not been seen yet. */
  let since = state.newer === null ? (state.messages.at(-1)?.place ?? 0) : null;
  const told = new Set<string>();
  let catching: Promise<boolean> | null = null;
  let again = false;
  /** Pages of one side are read one after the other. */
  const reading = new Map<"older" | "newer", Promise<void>>();
  const listeners = new Set<() => void>();

  function set(next: ConversationState): void {
    if (next === state) return;
    state = next;
    if (state.newer === null) tellArrived(state.messages);
    for (const listener of listeners) listener();
  }

  function tellArrived(messages: readonly MessageDto[]): void {
    const from = since ?? messages.at(-1)?.place ?? 0;
    since = from;
    // Of a gap the later messages are there first.
    const arrived = messages.filter(({ id, place }) => place > from && !told.has(id));
    for (const { id } of arrived) told.add(id);
    if (arrived.length > 0) ports.onArrived?.(arrived);
  }

  async function readMissing(): Promise<boolean> {
    try {
      do {
        again = false;
        const changes = await ports.readChanges(state.seq);
        // By what is known now: a message may have been heard of while the answer was on its way.
        const next = withChanges(state, changes);
        set(next ?? fromPage(await ports.readPage({})));
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

  function once(side: "older" | "newer", load: () => Promise<void>): Promise<void> {
    const running = reading.get(side);
    if (running) return running;
    const loading = load().finally(() => reading.delete(side));
    reading.set(side, loading);
    return loading;
  }

  /** Shows another stretch: around a place, or the newest messages. @throws the reader's error */
  async function jump(stretch: { around?: number }): Promise<void> {
    const page = await ports.readPage(stretch);
    // Events that came meanwhile are in the page, or are asked for by its number.
    set(fromPage(page));
    await catchUp();
  }

  return {
    get: () => state,
    subscribe(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** Takes a message that was told; resolves when nothing before it is missing any more, or could not be read. */
    async hear(message: MessageDto): Promise<void> {
      const { state: next, behind } = withMessage(state, message);
      set(next);
      if (behind) await catchUp();
    },
    catchUp,
    /** @throws the reader's error */
    loadOlder: () =>
      once("older", async () => {
        const { older } = state;
        if (older === null) return;
        const page = await ports.readPage({ before: older });
        set(withOlder(state, page));
      }),
    /** @throws the reader's error */
    loadNewer: () =>
      once("newer", async () => {
        const { newer } = state;
        if (newer === null) return;
        const page = await ports.readPage({ after: newer });
        set(withNewer(state, page));
      }),
    jump,
  };
}
export type ConversationStore = ReturnType<typeof createConversationStore>;
