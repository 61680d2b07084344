import { requiredText } from "@mgs/core/text-schema";
import { grantInput, mentionsInput } from "@mgs/writing/mentions/mention-input";
import { z } from "zod";
import { MAX_COMMENT_CHARACTERS } from "./contract/comment";

export const uuid = z.uuid({ error: "INVALID_ID" }).toLowerCase();
const content = requiredText(MAX_COMMENT_CHARACTERS);

/** Input of a new comment. Older clients send `content` and `mentions` alone. */
export const postCommentInput = z.strictObject({
  content,
  mentions: mentionsInput.default([]),
  /** People who are named, have no access, and are to be given it. */
  grant: grantInput.default([]),
  /** Made by the client: a repetition with it gets the first comment. */
  id: uuid.optional(),
  parent_id: uuid.nullish(),
  thread_id: uuid.nullish(),
});

export const editCommentInput = z.strictObject({
  content,
  mentions: mentionsInput.optional(),
  grant: grantInput.default([]),
  /** The text that the editor has seen and changes; an edit that came between is not overwritten then. */
  previous: content.optional(),
});

const number = z.coerce
  .number({ error: "INVALID_NUMBER" })
  .int({ error: "INVALID_NUMBER" })
  .min(0, { error: "INVALID_NUMBER" })
  .max(Number.MAX_SAFE_INTEGER, { error: "INVALID_NUMBER" });

export const commentsQuery = z.strictObject({
  page: number.min(1, { error: "INVALID_NUMBER" }).max(1_000_000, { error: "INVALID_NUMBER" }).default(1),
  limit: number.min(1, { error: "INVALID_NUMBER" }).max(100, { error: "INVALID_NUMBER" }).default(20),
  /** `next` of a page: what is older than it. `page` is passed over beside it. */
  before: number.optional(),
  thread: uuid.optional(),
});

export const commentChangesQuery = z.strictObject({ after: number, thread: uuid.optional() });
