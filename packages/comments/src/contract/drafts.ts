import { array, object, type ShapeOf, string } from "@mgs/core/shape";

/** What somebody has typed and not sent. */
export const commentDraft = object({
  /** `` in the open discussion, `thread:<id>`, `reply:<id>` or `edit:<id>`. */
  place: string,
  content: string,
  mentions: array(string),
  updated_at: string,
});
export type CommentDraft = ShapeOf<typeof commentDraft>;
export const commentDrafts = array(commentDraft);
