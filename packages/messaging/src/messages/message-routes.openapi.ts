import type { RouteTableDocs } from "@mgs/http/route-docs";
import { draftAnswer, mentionableAnswer } from "@mgs/writing/answers.openapi";
import { draftInput } from "@mgs/writing/drafts/drafts";
import { reactionInput } from "@mgs/writing/reaction-input";
import { z } from "zod";
import { messageAnswer } from "../answers.openapi";
import { reminderInput } from "../reminders/remind";
import { MESSAGES, OF_CONVERSATION } from "../route-docs.openapi";
import { editMessageInput, messageChangesQuery, messagesQuery, postMessageInput } from "./message-input";
import { nameableQuery } from "./search-nameable";

const params = z.object({ id: z.string() });
const ofMessage = params.extend({ messageId: z.string() });
const NO_MESSAGE = { MESSAGE_NOT_FOUND: "none with this id that the caller sees" } as const;
const CHANGE = { FORBIDDEN: "another person's", CHANGE_TOO_LATE: "15 minutes are over" } as const;
const one = (description: string) => ({ description, data: messageAnswer });

/** Documentation of the routes of the messages of one conversation. */
export const messageDocs: RouteTableDocs = {
  "GET /api/conversations/{id}/messages": {
    ...{ tag: MESSAGES, id: "listMessages", params, query: messagesQuery },
    summary: "Messages, the oldest first: the newest ones, those `before` or `after` a place, or `around` one",
    answers: {
      200: {
        description: "A page; `seq` is the conversation's number: what comes after it has to be asked for",
        data: z.object({
          messages: z.array(messageAnswer),
          older: z.int().nullable().meta({ description: "`before` of what is older; null: nothing is" }),
          newer: z.int().nullable().meta({ description: "`after` of what is newer; null: nothing is" }),
          seq: z.int(),
        }),
      },
    },
    refusals: { ...OF_CONVERSATION, VALIDATION_ERROR: true },
  },
  "POST /api/conversations/{id}/messages": {
    ...{ tag: MESSAGES, id: "postMessage", params },
    summary: "Write a message; with an id of the client's own a repetition gets the first answer",
    description:
      "Files are documents of the conversation, uploaded before with the slot `message:<id>`; a message with files may have no text.",
    body: { schema: postMessageInput, example: { content: "Le devis est **signé**." } },
    answers: { 201: one("The message") },
    refusals: {
      ...{ ...OF_CONVERSATION, MESSAGE_NOT_FOUND: "the message to answer is none that the caller sees" },
      CONFLICT: "the id is that of another message",
      RATE_LIMITED: "more than 30 within a minute",
      VALIDATION_ERROR: "`error.data.without_access` names people who are mentioned and are not in the conversation",
    },
  },
  "GET /api/conversations/{id}/messages/changes": {
    ...{ tag: MESSAGES, id: "listMessageChanges", params, query: messageChangesQuery },
    summary: "What happened to messages after a number, for a client that was away",
    answers: {
      200: {
        description: "The messages in the order of their changes; `reset`: too many were missed, read them anew",
        data: z.object({
          ...{ reset: z.boolean(), upserts: z.array(messageAnswer), tombstones: z.array(z.uuid()), seq: z.int() },
        }),
      },
    },
    refusals: { ...OF_CONVERSATION, VALIDATION_ERROR: true },
  },
  "PATCH /api/conversations/{id}/messages/{messageId}": {
    ...{ tag: MESSAGES, id: "editMessage", params: ofMessage },
    summary: "Change one's own message within 15 minutes",
    body: { schema: editMessageInput, example: { content: "Le devis est signé." } },
    answers: { 200: one("The message") },
    refusals: { ...OF_CONVERSATION, ...NO_MESSAGE, ...CHANGE },
  },
  "DELETE /api/conversations/{id}/messages/{messageId}": {
    ...{ tag: MESSAGES, id: "deleteMessage", params: ofMessage },
    summary: "Delete one's own message within 15 minutes, with its files; its place stays",
    answers: { 200: one("What is left of it") },
    refusals: { ...OF_CONVERSATION, ...NO_MESSAGE, ...CHANGE },
  },
  "POST /api/conversations/{id}/messages/{messageId}/reactions": {
    ...{ tag: MESSAGES, id: "reactToMessage", params: ofMessage },
    summary: "Add one's reaction to a message, or take it back",
    body: { schema: reactionInput, example: { emoji: "👍", on: true } },
    answers: { 200: one("The message") },
    refusals: { ...OF_CONVERSATION, ...NO_MESSAGE },
  },
  "GET /api/conversations/{id}/messages/{messageId}/versions": {
    ...{ tag: MESSAGES, id: "listMessageVersions", params: ofMessage },
    summary:
      "What a message said before it was edited or deleted, for those with the permission to; the trail notes it",
    answers: {
      200: {
        description: "The first one first",
        data: z.array(z.object({ version: z.int(), content: z.string(), replaced_at: z.iso.datetime() })),
      },
    },
    refusals: { ...OF_CONVERSATION, ...NO_MESSAGE, FORBIDDEN: true },
  },
  "PUT /api/conversations/{id}/messages/{messageId}/reminder": {
    ...{ tag: MESSAGES, id: "remindOfMessage", params: ofMessage },
    summary: "Be reminded of a message later; null takes the reminder away",
    body: { schema: reminderInput, example: { remind_at: "2026-12-01T06:00:00Z" } },
    answers: { 200: { description: "Done", data: z.null() } },
    refusals: { ...OF_CONVERSATION, ...NO_MESSAGE, CONFLICT: "too many reminders" },
  },
  "GET /api/conversations/{id}/mentionable": {
    ...{ tag: MESSAGES, id: "findMentionableInConversation", params, query: nameableQuery },
    summary: "Whom a message can name: those who are in the conversation",
    answers: { 200: { description: "People, roles and all", data: z.array(mentionableAnswer) } },
    refusals: { ...OF_CONVERSATION, VALIDATION_ERROR: true },
  },
  "GET /api/conversations/{id}/drafts": {
    ...{ tag: MESSAGES, id: "listConversationDrafts", params },
    summary: "What the caller has typed and not sent, on any device",
    answers: { 200: { description: "Drafts, the newest first", data: z.array(draftAnswer) } },
    refusals: OF_CONVERSATION,
  },
  "PUT /api/conversations/{id}/drafts": {
    ...{ tag: MESSAGES, id: "keepConversationDraft", params },
    summary:
      "Keep what the caller types; an empty text removes it. A `writer` overwrites only what they have seen (`version`)",
    body: { schema: draftInput, example: { place: "", content: "Il faudrait" } },
    answers: {
      200: { description: "Kept; null when it was removed", data: z.object({ version: z.int() }).nullable() },
    },
    refusals: {
      ...{ ...OF_CONVERSATION, CONFLICT: "too many drafts in one conversation" },
      EDIT_CONFLICT: "another writer has changed it since `version`",
    },
  },
};
