import { number, object, type Shape } from "@mgs/core/shape";
import {
  type ConversationDetails,
  type ConversationDto,
  type ConversationPage,
  conversation,
  conversationDetails,
  conversationPage,
} from "@mgs/messaging/contract/conversation";
import { conversationApiPath, conversationsApiPath, messageApiPath } from "@mgs/messaging/contract/links";
import {
  type MessageChanges,
  type MessageDto,
  type MessagePage,
  message,
  messageChanges,
  messagePage,
} from "@mgs/messaging/contract/message";
import { callApi, checkShape } from "../api/call-api";
import { tellOwnChange } from "./conversation-news";

type Tab = { socketId: string | undefined };

/** Which stretch of a conversation is read: its newest messages, those before or after a place, or those on both sides of one. */
export type Stretch = { before?: number; after?: number; around?: number };

/** So many messages come at once. */
const PAGE_SIZE = 50;

async function read<T>(shape: Shape<T>, path: string): Promise<T> {
  return checkShape(shape, await callApi(path));
}

export const readMessages = (conversationId: number, stretch: Stretch = {}): Promise<MessagePage> =>
  read(messagePage, conversationApiPath(conversationId, `messages?${query({ limit: PAGE_SIZE, ...stretch })}`));

export const readMessageChanges = (conversationId: number, after: number): Promise<MessageChanges> =>
  read(messageChanges, conversationApiPath(conversationId, `messages/changes?${query({ after })}`));

export const readConversations = (filter: Readonly<Record<string, string>>): Promise<ConversationPage> =>
  read(conversationPage, conversationsApiPath(`${new URLSearchParams(filter)}`));

export const readConversation = (conversationId: number): Promise<ConversationDetails> =>
  read(conversationDetails, conversationApiPath(conversationId));

/** What one can do with a message that stands there. Each sets a state, so that a repetition changes nothing. */
export type MessageCall =
  | { act: "edit"; body: { content: string; mentions: string[] } }
  | { act: "delete" }
  | { act: "reactions"; body: { emoji: string; on: boolean } };

/** Changes a message. @returns it after the change @throws Refusal, TypeError without a network */
export async function changeMessage(
  { conversation_id, id }: Pick<MessageDto, "conversation_id" | "id">,
  call: MessageCall,
  tab: Tab,
): Promise<MessageDto> {
  const method = call.act === "edit" ? "PATCH" : call.act === "delete" ? "DELETE" : "POST";
  const path = messageApiPath(conversation_id, id, call.act === "reactions" ? call.act : "");
  return checkShape(message, await callApi(path, { method, ...("body" in call ? { body: call.body } : {}), ...tab }));
}

const readAnswer = object({ unread_count: number, read_place: number });

/** Notes up to which message one has read, or marks one unread. @returns what is unread in the conversation then */
export async function markRead(
  conversationId: number,
  body: { message_id?: string; unread?: boolean },
  tab: Tab,
): Promise<{ unread_count: number; read_place: number }> {
  const path = conversationApiPath(conversationId, "read");
  return changed(checkShape(readAnswer, await callApi(path, { method: "POST", body, ...tab })));
}

/** Opens the conversation with these people, or about a record. */
export async function openConversation(
  body: { user_ids: readonly number[]; name?: string; subject?: { type: string; id: string } },
  tab: Tab,
): Promise<ConversationDto> {
  return changed(checkShape(conversation, await callApi(conversationsApiPath(), { method: "POST", body, ...tab })));
}

/** Renames a conversation for everybody; mutes, pins or archives it for oneself. */
export async function changeConversation(
  conversationId: number,
  body: { name?: string; muted?: boolean; pinned?: boolean; archived?: boolean },
  tab: Tab,
): Promise<ConversationDetails> {
  const path = conversationApiPath(conversationId);
  return changed(checkShape(conversationDetails, await callApi(path, { method: "PATCH", body, ...tab })));
}

/** Lets this page's list and count follow what it has changed itself. */
function changed<T>(answer: T): T {
  tellOwnChange();
  return answer;
}

const query = (values: Readonly<Record<string, number | undefined>>): URLSearchParams =>
  new URLSearchParams(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
