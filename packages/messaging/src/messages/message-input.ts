import { optionalText, requiredText } from "@mgs/core/text-schema";
import { mentionsInput } from "@mgs/writing/mentions/mention-input";
import { z } from "zod";
import { MAX_MESSAGE_CHARACTERS } from "../contract/message";

export const uuid = z.uuid({ error: "INVALID_ID" }).toLowerCase();
const content = requiredText(MAX_MESSAGE_CHARACTERS);
/** A message with files may have no text. */
const optionalContent = optionalText(MAX_MESSAGE_CHARACTERS);

/** Input of a new message. */
export const postMessageInput = z.strictObject({
  content: optionalContent,
  mentions: mentionsInput.default([]),
  /** Made by the client: a repetition with it gets the first message, and files that were uploaded to `message:<id>` come with it. */
  id: uuid.optional(),
  reply_to: uuid.nullish(),
});

export const editMessageInput = z.strictObject({ content, mentions: mentionsInput.optional() });

const number = z.coerce
  .number({ error: "INVALID_NUMBER" })
  .int({ error: "INVALID_NUMBER" })
  .min(0, { error: "INVALID_NUMBER" })
  .max(Number.MAX_SAFE_INTEGER, { error: "INVALID_NUMBER" });

export const messagesQuery = z
  .strictObject({
    limit: number.min(1, { error: "INVALID_NUMBER" }).max(100, { error: "INVALID_NUMBER" }).default(50),
    /** `older` of a page: what stands before it. */
    before: number.optional(),
    /** `newer` of a page: what stands after it. */
    after: number.optional(),
    /** A place: what stands on both sides of it. */
    around: number.optional(),
  })
  .refine(({ before, after, around }) => [before, after, around].filter((one) => one !== undefined).length < 2, {
    error: "INVALID_VALUE",
    path: ["around"],
  });

export const messageChangesQuery = z.strictObject({ after: number });
