import type { CommentChanges, CommentDto, CommentPage } from "./comment";

/**
 * What a client knows of a discussion. It is a value: every function makes the next one, so that events may come doubled, late and out of
 * order, and a gap in the numbers is seen.
 */
export type DiscussionState = {
  /** In the order of their places, the oldest first. */
  comments: readonly CommentDto[];
  /** Number of the last change up to which nothing is missing. */
  seq: number;
  /** Cursor of older comments; null: all are there. */
  older: string | null;
  olderCount: number;
};

/** How many comments the discussion has, those that were not read yet included. */
export const totalOf = ({ comments, olderCount }: DiscussionState): number => comments.length + olderCount;

/** Begins with the newest page. */
export function fromPage({ comments, next, pagination, seq }: CommentPage): DiscussionState {
  return { comments: sorted(comments), seq, older: next, olderCount: Math.max(0, pagination.total - comments.length) };
}

/** Adds a page of older comments. */
export function withOlder(state: DiscussionState, { comments, next }: CommentPage): DiscussionState {
  const olderCount = next === null ? 0 : Math.max(0, state.olderCount - comments.length);
  return { ...state, comments: merge(state.comments, comments), older: next, olderCount };
}

/**
 * Takes a comment that was told, by an event or as the answer to an own change.
 * @returns the next state; `behind` when changes before it are missing, which are to be asked for
 */
export function withComment(state: DiscussionState, comment: CommentDto): { state: DiscussionState; behind: boolean } {
  const isNext = comment.seq === state.seq + 1;
  const next = { ...take(state, [comment]), seq: isNext && !comment.truncated ? comment.seq : state.seq };
  return { state: next, behind: comment.seq > next.seq };
}

/** Takes what was missed; null: too much was, and the discussion is to be read anew. */
export function withChanges(state: DiscussionState, { reset, upserts, seq }: CommentChanges): DiscussionState | null {
  if (reset) return null;
  return { ...take(state, upserts), seq: Math.max(state.seq, seq) };
}

/** Merges comments into the part that is there; those of pages that were not read yet come with their pages. */
function take(state: DiscussionState, told: readonly CommentDto[]): DiscussionState {
  const first = state.comments[0]?.place;
  const shown = told.filter(({ place }) => state.older === null || first === undefined || place >= first);
  return { ...state, comments: merge(state.comments, shown) };
}

/** Of two versions of a comment the later change counts. */
function merge(known: readonly CommentDto[], more: readonly CommentDto[]): CommentDto[] {
  const byId = new Map(known.map((comment) => [comment.id, comment]));
  for (const comment of more) {
    const old = byId.get(comment.id);
    const isWhole = !comment.truncated || old?.truncated || !old;
    if (!old || comment.seq > old.seq || (comment.seq === old.seq && isWhole)) byId.set(comment.id, comment);
  }
  return sorted([...byId.values()]);
}

const sorted = (comments: readonly CommentDto[]): CommentDto[] => [...comments].sort((a, b) => a.place - b.place);
