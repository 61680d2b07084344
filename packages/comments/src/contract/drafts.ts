import { array, nullable, number, object, type ShapeOf, string } from "@mgs/core/shape";

/** What somebody has typed and not sent. */
export const commentDraft = object({
  /** `` in the open discussion, `thread:<id>`, `reply:<id>` or `edit:<id>`. */
  place: string,
  content: string,
  /** The comment that it answers or edits; null: none, or none that the reader may see. */
  comment: nullable(object({ id: string, author: string, thread_id: nullable(string) })),
  /** Who is named in it, by the names that stand in the text. */
  mentioned: array(object({ key: string, name: string })),
  updated_at: string,
  /** A new number with each change. */
  version: number,
  /** Who changed it last: one field of one page; empty when they did not say. */
  writer: string,
});
export type CommentDraft = ShapeOf<typeof commentDraft>;
export const commentDrafts = array(commentDraft);

/** The answer to a draft that was kept. */
export const keptDraft = object({ version: number });
