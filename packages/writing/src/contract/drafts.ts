import { array, number, object, type ShapeOf, string } from "@mgs/core/shape";

/** What somebody has typed and not sent. */
export const textDraft = object({
  /** `` in the open discussion, `thread:<id>`, `reply:<id>` or `edit:<id>`. */
  place: string,
  content: string,
  /** Who is named in it, by the names that stand in the text. */
  mentioned: array(object({ key: string, name: string })),
  updated_at: string,
  /** A new number with each change. */
  version: number,
  /** Who changed it last: one field of one page; empty when they did not say. */
  writer: string,
});
export type TextDraft = ShapeOf<typeof textDraft>;
export const textDrafts = array(textDraft);

/** The answer to a draft that was kept. */
export const keptDraft = object({ version: number });
