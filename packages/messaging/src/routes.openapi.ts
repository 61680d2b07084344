import type { RouteTableDocs } from "@mgs/http/route-docs";
import { z } from "zod";
import { conversationAnswer, conversationDetailsAnswer, messageAnswer } from "./answers.openapi";
import { conversationChange } from "./conversations/change-conversation";
import { addPeopleInput } from "./conversations/change-people";
import { conversationsQuery } from "./conversations/list-conversations";
import { openConversationInput } from "./conversations/open-conversation";
import { messageDocs } from "./messages/message-routes.openapi";
import { presenceDocs } from "./presence/presence-routes.openapi";
import { readInput } from "./reading/read-conversation";
import { MESSAGES, OF_CONVERSATION, OF_READER } from "./route-docs.openapi";
import { laterDocs } from "./scheduled/later-routes.openapi";
import { messageSearchQuery } from "./search/search-messages";

const params = z.object({ id: z.string() });
const page = z.object({
  conversations: z.array(conversationAnswer),
  next: z.string().nullable().meta({ description: "`after` of the next page" }),
});
const WITHOUT_ACCESS = "`error.data.without_access` names people who may not see the record";

/** Documentation of the routes of messages. */
export const messageOpenApi: RouteTableDocs = {
  "GET /api/conversations": {
    ...{ tag: MESSAGES, id: "listConversations", query: conversationsQuery },
    summary: "The caller's conversations: pinned ones first, then by their newest message",
    answers: { 200: { description: "A page", data: page } },
    refusals: { ...OF_READER, VALIDATION_ERROR: true },
  },
  "POST /api/conversations": {
    ...{ tag: MESSAGES, id: "openConversation" },
    headers: z.object({ "Idempotency-Key": z.string().optional() }),
    summary: "Open a conversation: the one of two people, the one about a record with just these people, or a new one",
    body: { schema: openConversationInput, example: { user_ids: [7], subject: { type: "dossier", id: "42" } } },
    answers: {
      200: { description: "One that was there", data: conversationAnswer },
      201: { description: "A new one", data: conversationAnswer },
    },
    refusals: {
      ...OF_READER,
      SUBJECT_NOT_FOUND: "no record for the caller",
      IDEMPOTENCY_CONFLICT: "the key was used for other values",
      VALIDATION_ERROR: WITHOUT_ACCESS,
    },
  },
  "GET /api/conversations/unread-count": {
    ...{ tag: MESSAGES, id: "countUnreadMessages" },
    summary: "How many messages the caller has not read, over all conversations that are not muted",
    answers: {
      200: {
        description: "The sum of `unread_count` over `GET /api/conversations?unread=true`, and how many they are",
        data: z.object({ count: z.int(), conversations: z.int() }),
      },
    },
    refusals: OF_READER,
  },
  "GET /api/conversations/search": {
    ...{ tag: MESSAGES, id: "searchMessages", query: messageSearchQuery },
    summary: "Search the caller's messages, the newest first: words, and `from:`, `in:`, `before:`",
    answers: {
      200: {
        description: "Messages with the conversations that they stand in",
        data: z.object({
          hits: z.array(
            z.object({ message: messageAnswer, conversation: z.object({ id: z.int(), title: z.string() }) }),
          ),
          next: z.string().nullable(),
        }),
      },
    },
    refusals: { ...OF_READER, VALIDATION_ERROR: true },
  },
  "GET /api/conversations/user/{id}": {
    ...{ tag: MESSAGES, id: "listConversationsOfUser", params, query: conversationsQuery },
    summary: "The caller's own conversations, by the address that the system before had",
    answers: { 200: { description: "A page", data: page } },
    refusals: { ...OF_READER, USER_NOT_FOUND: "another person", VALIDATION_ERROR: true },
  },
  ...laterDocs,
  "GET /api/conversations/{id}": {
    ...{ tag: MESSAGES, id: "getConversation", params },
    summary: "A conversation with its people",
    answers: { 200: { description: "The conversation", data: conversationDetailsAnswer } },
    refusals: OF_CONVERSATION,
  },
  "PATCH /api/conversations/{id}": {
    ...{ tag: MESSAGES, id: "changeConversation", params },
    summary: "Rename a conversation for everybody; mute, pin or archive it for the caller",
    body: { schema: conversationChange, example: { muted: true } },
    answers: { 200: { description: "The conversation", data: conversationDetailsAnswer } },
    refusals: { ...OF_CONVERSATION, CONFLICT: "two people's conversation has no name of its own" },
  },
  "POST /api/conversations/{id}/people": {
    ...{ tag: MESSAGES, id: "addConversationPeople", params },
    summary: "Add people: they see what is written from now on, or with `history` what the caller sees",
    body: { schema: addPeopleInput, example: { user_ids: [8], history: false } },
    answers: { 200: { description: "The conversation", data: conversationDetailsAnswer } },
    refusals: {
      ...{ ...OF_CONVERSATION, CONFLICT: "two people's conversation stays theirs", VALIDATION_ERROR: WITHOUT_ACCESS },
    },
  },
  "DELETE /api/conversations/{id}/people/{userId}": {
    ...{ tag: MESSAGES, id: "removeConversationPerson", params: params.extend({ userId: z.string() }) },
    summary: "Leave a conversation, or take somebody out of it, for who made it",
    answers: { 200: { description: "Done", data: z.null() } },
    refusals: {
      ...OF_CONVERSATION,
      CONFLICT: "two people's conversation cannot be left",
      FORBIDDEN: "somebody else made it",
      USER_NOT_FOUND: "they are not in it",
    },
  },
  "POST /api/conversations/{id}/read": {
    ...{ tag: MESSAGES, id: "readConversation", params },
    summary: "Note up to which message the caller has read, or mark one unread",
    body: { schema: readInput, example: {} },
    answers: {
      200: { description: "What is unread now", data: z.object({ unread_count: z.int(), read_place: z.int() }) },
    },
    refusals: { ...OF_CONVERSATION, MESSAGE_NOT_FOUND: "none with this id for the caller" },
  },
  ...messageDocs,
  ...presenceDocs,
};
