import type { MessageChanges, MessageDto, MessagePage } from "./message";

/**
 * What a client knows of a conversation: one stretch of its messages. It is a value: every function makes the next one, so that events may come
 * doubled, late and out of order, and a gap in the numbers is seen.
 */
export type ConversationState = {
  /** In the order of their places, the oldest first, without a gap between them. */
  messages: readonly MessageDto[];
  /** Number of the last change up to which nothing is missing. */
  seq: number;
  /** Cursor of older messages; null: the stretch begins where the reader's sight does. */
  older: number | null;
  /** Cursor of newer messages; null: the stretch ends with the newest. */
  newer: number | null;
};

/** Begins with a page. */
export function fromPage({ messages, older, newer, seq }: MessagePage): ConversationState {
  return { messages: sorted(messages), older, newer, seq };
}

/** Adds the page before the stretch. */
export function withOlder(state: ConversationState, { messages, older }: MessagePage): ConversationState {
  return { ...state, messages: merge(state.messages, messages), older };
}

/** Adds the page behind the stretch. */
export function withNewer(state: ConversationState, { messages, newer }: MessagePage): ConversationState {
  return { ...state, messages: merge(state.messages, messages), newer };
}

/**
 * Takes a message that was told, by an event or as the answer to an own change.
 * @returns the next state; `behind` when changes before it are missing, or its text is, which are to be asked for
 */
export function withMessage(
  state: ConversationState,
  message: MessageDto,
): { state: ConversationState; behind: boolean } {
  const isNext = message.seq === state.seq + 1;
  const first = state.messages[0]?.place;
  // Without its text, it may have been written before the reader came: what they see of it is asked for.
  const isShown = !message.truncated || first === undefined || message.place >= first;
  const taken = isShown ? take(state, [message]) : state;
  const next = { ...taken, seq: isNext && !message.truncated ? message.seq : state.seq };
  return { state: next, behind: message.seq > next.seq };
}

/** Takes what was missed; null: too much was, and the conversation is to be read anew. */
export function withChanges(
  state: ConversationState,
  { reset, upserts, seq }: MessageChanges,
): ConversationState | null {
  if (reset) return null;
  return { ...take(state, upserts), seq: Math.max(state.seq, seq) };
}

/** Merges messages into the stretch; those beyond its ends come with their pages. */
function take(state: ConversationState, told: readonly MessageDto[]): ConversationState {
  const first = state.messages[0]?.place;
  const last = state.messages.at(-1)?.place;
  const shown = told.filter(
    ({ place }) =>
      (state.older === null || first === undefined || place >= first) &&
      (state.newer === null || last === undefined || place <= last),
  );
  return shown.length === 0 ? state : { ...state, messages: merge(state.messages, shown) };
}

/** Of two versions of a message the later change counts, and of two of one change the one with its text. */
function merge(known: readonly MessageDto[], more: readonly MessageDto[]): MessageDto[] {
  const byId = new Map(known.map((message) => [message.id, message]));
  for (const message of more) {
    const old = byId.get(message.id);
    const isWhole = !message.truncated || old?.truncated === true;
    if (!old || message.seq > old.seq || (message.seq === old.seq && isWhole)) byId.set(message.id, message);
  }
  return sorted([...byId.values()]);
}

const sorted = (messages: readonly MessageDto[]): MessageDto[] => [...messages].sort((a, b) => a.place - b.place);
