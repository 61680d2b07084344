import { array, object, string } from "@mgs/core/shape";
import type { OutboxEntry } from "../outbox/outbox-store";
import type { Typed } from "../writing/draft-keeper";

const note = object({ edits: string, mentioned: array(object({ key: string, name: string })) });
const body = object({ content: string });

/** A change of a comment that the server has not taken yet. */
export type WaitingEdit = { entry: OutboxEntry; commentId: string; typed: Typed };

/** What the queue has to keep of an edit, so that the page can show it and its author can go on with it. */
export const noteOfEdit = (commentId: string, mentioned: Typed["mentioned"]) => ({ edits: commentId, mentioned });

/** Reads an entry of the queue as an edit; null for a new comment. */
export function toWaitingEdit(entry: OutboxEntry): WaitingEdit | null {
  if (!note(entry.note) || !body(entry.body)) return null;
  const { edits, mentioned } = entry.note;
  return { entry, commentId: edits, typed: { text: entry.body.content, mentioned } };
}

/** The edits of a comment that still wait, in their order, without those that were refused: the next edit builds upon the last of them. */
export const underWay = (edits: readonly WaitingEdit[]): readonly WaitingEdit[] =>
  edits.filter(({ entry }) => entry.refusal === null);

/** Puts a text that was not sent into a field. What else stands in the field stays below it. */
export function takeBack(field: Typed, initial: string, { text, mentioned }: Typed): Typed {
  if (field.text === initial || field.text === text || field.text.trim() === "") return { text, mentioned };
  return { text: `${text}\n\n${field.text}`, mentioned: [...mentioned, ...field.mentioned] };
}
