import { array, object, type ShapeOf, string } from "@mgs/core/shape";

/** What somebody has typed and not sent. */
export const commentDraft = object({
  /** `` in the open discussion, `thread:<id>`, `reply:<id>` or `edit:<id>`. */
  place: string,
  content: string,
  /** Who is named in it, by the names that stand in the text. */
  mentioned: array(object({ key: string, name: string })),
  updated_at: string,
});
export type CommentDraft = ShapeOf<typeof commentDraft>;
export const commentDrafts = array(commentDraft);
