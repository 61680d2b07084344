import { array, nullable, object, type Shape, type ShapeOf, string } from "@mgs/core/shape";
import { type TextDraft, textDraft } from "@mgs/writing/contract/drafts";

const about = object({
  /** The comment that it answers or edits; null: none, or none that the reader may see. */
  comment: nullable(object({ id: string, author: string, thread_id: nullable(string) })),
});

/** What somebody has typed among the comments of a record and not sent. */
export type CommentDraft = TextDraft & ShapeOf<typeof about>;
const commentDraft: Shape<CommentDraft> = (value): value is CommentDraft => textDraft(value) && about(value);
export const commentDrafts = array(commentDraft);
